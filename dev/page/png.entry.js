// A picture as PNG: fetched when somebody wants one.
export { domToPng } from 'modern-screenshot';
