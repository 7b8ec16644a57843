// Our own: what the bundle next to it offers, for the type checker.
export interface SankeyNode { x0: number; x1: number; y0: number; y1: number; index: number }
export interface SankeyLink<N> { source: N & SankeyNode; target: N & SankeyNode; y0: number; y1: number; width: number }
export interface Layout<N, L> {
  (graph: { nodes: N[]; links: (L & { source: number; target: number; value: number })[] }): { nodes: (N & SankeyNode)[]; links: (L & SankeyLink<N>)[] };
  nodeAlign(align: (node: N, columns: number) => number): this;
  nodeSort(sort: ((one: N, other: N) => number) | null | undefined): this;
  linkSort(sort: ((one: L & SankeyLink<N>, other: L & SankeyLink<N>) => number) | null | undefined): this;
  nodeWidth(width: number): this;
  nodePadding(padding: number): this;
  extent(box: [[number, number], [number, number]]): this;
}
export function sankey<N, L>(): Layout<N, L>;
