// Our own: what the bundle next to it offers, for the type checker.
export * from 'preact';
export * from 'preact/hooks';
export * from '@preact/signals';
export { default as htm } from 'htm';
