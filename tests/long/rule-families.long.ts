import { describe, expect, it } from 'vitest'

import { thresholdProtocols } from '../../suites/claims/threshold-protocols.ts'
import { twoRoundProtocols } from '../../suites/claims/two-round-protocols.ts'

describe('families of protocols, of which none solves consensus (FLP-01)', () => {
  it('two processes that tell and answer, with the same rules: 2,985,984', () => {
    expect(twoRoundProtocols()).toEqual({
      protocols: 2_985_984,
      rows: 1728,
      right: [96, 96],
      candidates: 9216,
      disagree: 9216,
      block: 5120,
      good: 0,
    })
  })

  it('three processes that count ones: 3,600', () => {
    expect(thresholdProtocols()).toEqual({
      protocols: 3600,
      candidates: 804,
      disagree: 804,
      block: 0,
      good: 0,
    })
  })
})
