export { counted } from '../src/core/wording.ts'
