export { did, shown } from '../core/wording.ts'
