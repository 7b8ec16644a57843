// @ts-check
/** The office's own map: drawn as its file has it, always with its number of approval and its source in the corner. */
import { boundsOf, isArea, nameOf, pathOf, regionOf, squeezeOf, strokeOf } from '../geojson.js';
import { html, link, say, to } from '../shared.js';
import { useEffect, useMemo, useState } from '../vendor/preact.js';

/** @typedef {{approvalNo: string|null, source: string, crs: string, internal: boolean, features: number, bytes: number}} Facts */
/** @typedef {{id: string, name: string, marks: {town: {id: string, name: string}, label: string, words: string, kind: string}[]}} Area a region with the towns in it, the first colours it */

/** Whether there is a map, and why not: asked once. @returns {{map: Facts|null, refused: string|null}|null} */
export function useMapFacts() {
  const [facts, setFacts] = useState(/** @type {{map: Facts|null, refused: string|null}|null} */ (null));
  useEffect(() => {
    fetch('map.json').then((answer) => (answer.ok ? answer.json() : null)).then(setFacts, () => setFacts(null));
  }, []);
  return facts;
}

/** What must stand on the map and beside it, wherever it goes. @param {Facts} facts */
export const stampsOf = (facts) => [...(facts.internal ? [say('tiles.map.internal')] : []), ...(facts.approvalNo ? [say('tiles.map.approval', facts.approvalNo)] : [])];

/** @param {{facts: Facts, areas: Area[]}} props */
export function OwnMap({ facts, areas }) {
  const [features, setFeatures] = useState(/** @type {import('../geojson.js').Feature[]|null} */ (null)), [failed, setFailed] = useState(false);
  useEffect(() => {
    fetch('map.geojson').then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(String(answer.status))))).then((found) => setFeatures(found.features), () => setFailed(true));
  }, []);
  const drawn = useMemo(() => {
    if (!features) return null;
    const bounds = boundsOf(features), squeeze = squeezeOf(bounds);
    return { bounds, squeeze, paths: features.map((feature) => ({ feature, d: pathOf(feature.geometry, squeeze) })) };
  }, [features]);
  if (failed) return html`<p class="failure" role="alert">${say('tiles.map.failed')}</p>`;
  if (!drawn) return html`<div class="outline" aria-hidden="true"></div>`;
  const { bounds, squeeze, paths } = drawn, margin = (bounds.north - bounds.south) / 40 || 0.01;
  const box = [bounds.west * squeeze - margin, -bounds.north - margin, (bounds.east - bounds.west) * squeeze + 2 * margin, bounds.north - bounds.south + 2 * margin];
  const matched = new Set(), size = Math.max(box[2], box[3]) / 42;
  const shapes = paths.map(({ feature, d }, n) => {
    const area = isArea(feature.geometry) ? regionOf(feature, areas) : null, first = area?.marks[0];
    if (area) matched.add(area.id);
    const shape = html`<path key=${n} d=${d} class=${first ? `area ${first.kind}` : 'border'} fill-rule="evenodd" vector-effect="non-scaling-stroke" ...${strokeOf(feature)}><title>${area ? area.marks.map((one) => `${area.name} · ${one.town.name} ${one.words}`).join('\n') : nameOf(feature)}</title></path>`;
    if (!area || !first) return shape;
    const inner = boundsOf([feature]), x = ((inner.west + inner.east) / 2) * squeeze, y = -(inner.south + inner.north) / 2;
    return html`<a key=${n} ...${link(to('town', {}, { town: first.town.id }))} aria-label=${area.marks.map((one) => `${one.town.name} ${one.words}`).join(say('semicolon'))}>${shape}<text x=${x} y=${y} font-size=${size} text-anchor="middle" dominant-baseline="central" class=${first.kind}>${area.marks.map((one) => one.label).join(' ')}</text></a>`;
  });
  const lacking = areas.filter((area) => !matched.has(area.id));
  return html`<div class="own-map"><svg viewBox=${box.join(' ')} role="group" aria-label=${say('tiles.map')}>
      <defs><pattern id="map-hatch" width="0.06" height="0.06" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="0.06" height="0.06" class="ground" /><rect width="0.02" height="0.06" class="stripe" /></pattern></defs>${shapes}</svg>
    <p class="corner">${stampsOf(facts).map((one) => html`<b key=${one}>${one}</b> `)}${say('tiles.map.source', facts.source)} · ${facts.crs}</p></div>
    <p class="quiet">${say('tiles.map.how')}${lacking.length ? ` ${say('tiles.map.lacking', lacking.map((one) => one.name).join(say('and')))}` : ''}</p>`;
}
