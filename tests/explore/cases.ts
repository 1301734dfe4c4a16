/** So many random cases; `npm run nightly` asks for many times as many. */
export const cases = (usual: number): number =>
  Math.ceil(usual * Number(process.env['SYNOD_TIMES'] ?? 1))
