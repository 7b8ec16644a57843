// Our own: what the bundle next to it offers, for the type checker.
export { domToPng } from 'modern-screenshot';
