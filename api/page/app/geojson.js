// @ts-check
/** A map as its file has it: degrees to an SVG path, nothing left out, rounded or closed; and whose area a feature is. Pure. */

/** @typedef {readonly number[]} Position */
/** @typedef {{type: 'Polygon'|'MultiLineString', coordinates: Position[][]}|{type: 'MultiPolygon', coordinates: Position[][][]}|{type: 'LineString', coordinates: Position[]}} Geometry */
/** @typedef {{geometry: Geometry, properties: Record<string, unknown>|null}} Feature */
/** @typedef {{west: number, east: number, south: number, north: number}} Bounds */

/** @param {Geometry} geometry @returns {readonly (readonly Position[])[]} its rings or lines */
function lines(geometry) {
  if (geometry.type === 'LineString') return [geometry.coordinates];
  return geometry.type === 'MultiPolygon' ? geometry.coordinates.flat() : geometry.coordinates;
}

/** @param {readonly Feature[]} features @returns {Bounds} */
export function boundsOf(features) {
  const bounds = { west: Infinity, east: -Infinity, south: Infinity, north: -Infinity };
  for (const feature of features) for (const line of lines(feature.geometry)) for (const [x, y] of line) {
    bounds.west = Math.min(bounds.west, x); bounds.east = Math.max(bounds.east, x);
    bounds.south = Math.min(bounds.south, y); bounds.north = Math.max(bounds.north, y);
  }
  return bounds;
}

/** How much shorter a degree of longitude is drawn: true in the middle of the map. @param {Bounds} bounds */
export const squeezeOf = ({ south, north }) => Math.cos(((south + north) / 2) * (Math.PI / 180));

/** Every position in its order. An area is closed as its file closes it. @param {Geometry} geometry @param {number} squeeze */
export const pathOf = (geometry, squeeze) => lines(geometry).map((line) => `M${line.map(([x, y]) => `${x * squeeze},${-y}`).join('L')}`).join('');

/** Only areas are filled. @param {Geometry} geometry */
export const isArea = (geometry) => geometry.type === 'Polygon' || geometry.type === 'MultiPolygon';

const CODES = ['adcode', 'code', 'gb', 'pac', 'xzqdm'], NAMES = ['name', 'xzqmc'];

/** @param {Record<string, unknown>|null} properties @param {readonly string[]} names lower case */
function property(properties, names) {
  const found = Object.entries(properties ?? {}).find(([name, value]) => names.includes(name.toLowerCase()) && (typeof value === 'string' || typeof value === 'number'));
  return found ? String(found[1]).trim() : '';
}

/** The six digits of GB/T 2260 that a feature names; longer codes (of townships, of the national base map) hold them. @param {Feature} feature @returns {string|null} */
export function codeOf(feature) {
  const text = property(feature.properties, CODES), digits = text.replace(/^156(?=\d{6}$)/, '').slice(0, 6);
  return /^\d{6,12}$/.test(text) && /^[1-8]\d{5}$/.test(digits) ? digits : null;
}

/** @param {Feature} feature */
export const nameOf = (feature) => property(feature.properties, NAMES);

/** The region that a feature is of: by its code, and only without one by its whole name. @template {{id: string, name: string}} R @param {Feature} feature @param {readonly R[]} regions @returns {R|null} */
export function regionOf(feature, regions) {
  const code = codeOf(feature), name = nameOf(feature);
  if (code) return regions.find((one) => one.id === `region:${code}`) ?? null;
  const named = name ? regions.filter((one) => one.name === name) : [];
  return named.length === 1 ? named[0] : null;
}

/** How the file wants a line drawn, where it says so. @param {Feature} feature @returns {{stroke?: string, 'stroke-width'?: number}} */
export function strokeOf(feature) {
  const { stroke, 'stroke-width': width } = feature.properties ?? {};
  return { ...(typeof stroke === 'string' && /^#[0-9a-f]{3,8}$/i.test(stroke) ? { stroke } : {}), ...(typeof width === 'number' && width > 0 ? { 'stroke-width': width } : {}) };
}
