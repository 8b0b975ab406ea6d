export { NodePalette } from './node-palette';
