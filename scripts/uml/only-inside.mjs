// These tests count on devices that most kernels of CI machines have not.
if (process.env.VETHLAB_UML !== '1') {
  throw new Error('*.uml.test.ts run in a second kernel: npm run test:uml, or node scripts/uml/run-tests.mjs FILTER');
}
