/* The document's own schemas live with the document; messages are made of them. */
export { diagnosticSchema, editSchema, topologyDiffSchema, topologySchema } from '@vethlab/topology';
