// The layout of the flow view, fetched with it alone: where nodes stand and how wide bands are. Drawing is ours.
export { sankey } from 'd3-sankey';
