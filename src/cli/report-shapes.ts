import { z } from 'zod'

/** The forms of saved evidence, as far as it is drawn: files may be of another version. */
const Change = z.object({
  place: z.string(),
  before: z.string().exactOptional(),
  after: z.string().exactOptional(),
})

export const StoryShape = z.object({
  claim: z.string(),
  steps: z.array(
    z.object({
      title: z.string(),
      changes: z.array(Change),
      state: z.array(z.object({ name: z.string(), text: z.string() })),
    }),
  ),
  loop: z.number().int().exactOptional(),
  faults: z.array(z.string()),
})

export const SpaceTimeShape = z.object({
  title: z.string(),
  lanes: z.array(z.string()),
  events: z.array(
    z.object({
      row: z.number().int().nonnegative(),
      lane: z.number().int().nonnegative(),
      label: z.string(),
      fault: z.boolean(),
      details: z.array(z.string()),
    }),
  ),
  messages: z.array(
    z.object({
      label: z.string(),
      from: z.number().int(),
      to: z.number().int().exactOptional(),
      towards: z.number().int().exactOptional(),
    }),
  ),
  loop: z.number().int().exactOptional(),
})

const because = z.string().optional()

export const SpecEvidence = z.object({
  coverage: z
    .array(z.object({ action: z.string(), taken: z.number() }))
    .optional()
    .default([]),
  warnings: z.array(z.string()).optional().default([]),
  violations: z.array(StoryShape),
  pictures: z.array(SpaceTimeShape.nullable()).optional().default([]),
  because,
})

export const ZooEvidence = z.object({
  about: z.string(),
  story: StoryShape.optional(),
  picture: SpaceTimeShape.optional(),
  because,
})

/** What never ended has no number in JSON. */
const End = z
  .number()
  .nullable()
  .transform((end) => end ?? Infinity)

const TimelineShape = z.object({
  title: z.string(),
  unit: z.enum(['ns', 'events']),
  lanes: z.array(
    z.object({
      label: z.string(),
      bars: z.array(
        z.object({
          id: z.number().int(),
          label: z.string(),
          role: z.enum(['fault', 'core', 'context']),
          from: z.number(),
          to: End,
          point: z.number().exactOptional(),
          rank: z.number().exactOptional(),
          details: z.array(z.string()),
        }),
      ),
    }),
  ),
  windows: z.array(z.object({ label: z.string(), from: z.number(), to: End })),
  notes: z.array(z.string()),
})

const Ids = z.array(z.number().int().nonnegative())

export const HistoryEvidence = z.object({
  file: z.string(),
  operations: z.number().int().optional(),
  timelines: z.array(TimelineShape).optional().default([]),
  evidence: z.object({
    sentence: z.string(),
    violation: z
      .object({
        sentence: z.string(),
        operations: Ids,
        culprit: z.number().int().optional(),
        part: z.string().optional(),
        longest: Ids.optional(),
        others: z.array(z.object({ sentence: z.string() })).optional(),
      })
      .optional(),
    witness: z
      .object({ orders: z.array(z.object({ part: z.string(), order: Ids })).optional() })
      .optional(),
  }),
})

export const TraceEvidence = z.object({
  protocol: z.string(),
  mutant: z.string().optional(),
  seed: z.number().int(),
  spec: z.string(),
  matched: z.number(),
  actions: z.number(),
  because,
  misfit: z
    .object({
      step: z.object({ step: z.number(), node: z.string().optional(), event: z.unknown() }),
      nearest: z.object({
        action: z.string().optional(),
        parameters: z.array(z.string()).optional().default([]),
        because: z.string(),
        reads: z.array(z.object({ variable: z.string(), value: z.string() })).optional(),
        state: z.string().optional(),
      }),
    })
    .optional(),
})

export const ProtocolEvidence = z.object({
  protocol: z.string(),
  nodes: z.number().int(),
  mutant: z.string().optional(),
  ran: z.number(),
  events: z.number(),
  operations: z.number(),
  faults: z.number(),
  simulatedMs: z.number(),
  failures: z.array(z.object({ seed: z.number().int(), sentence: z.string() })),
  because,
})

export const QuorumEvidence = z.object({
  found: z.string(),
  sentence: z.string(),
  method: z.string(),
  because,
})

export const PlainEvidence = z.object({ because })

export const ClaimShape = z.object({
  group: z.string(),
  claim: z.object({
    id: z.string(),
    name: z.string(),
    says: z.string(),
    source: z.string(),
    verdict: z.string(),
    instead: z.string().optional(),
    because: z.string().optional(),
  }),
  checks: z.array(
    z.object({
      shows: z.string(),
      asks: z.string(),
      method: z.string(),
      outcome: z.enum(['pass', 'fail', 'unknown']),
      sentence: z.string(),
      shown: z.array(z.string()).optional(),
      again: z.string().optional(),
    }),
  ),
})

const Told = z.object({
  process: z.number(),
  message: z.unknown(),
  local: z.unknown(),
  decided: z.unknown().optional(),
})

export const ValencyEvidence = z.object({
  protocol: z.string(),
  processes: z.number(),
  configurations: z.number(),
  edges: z.number(),
  bivalentInitial: z.array(z.string()),
  critical: z.number(),
  defects: z.array(z.string()),
  lasso: z
    .object({
      inputs: z.string(),
      prefix: z.array(Told),
      cycle: z.array(Told),
      fairTo: z.string(),
      bivalent: z.boolean(),
    })
    .nullable()
    .optional(),
})
