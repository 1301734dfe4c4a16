import { asynchronous, toOthers } from 'synod/valency'

/** Everybody tells its input. Whoever has waited once in vain decides the least it knows. */
export const impatient = asynchronous(
  'impatient',
  { about: 'wait for the others once, then decide' },
  (processes) => ({
    start: (self, input) => ({ least: input, told: false, heard: 1, decided: null }),

    step(local, message, self) {
      if (local.decided !== null) return { local }
      const least = Math.min(local.least, message ?? local.least)
      const heard = local.heard + (message === undefined ? 0 : 1)
      const next = { ...local, least, heard, told: true }
      if (!local.told) return { local: next, sends: toOthers(processes, self, local.least) }
      const enough = heard === processes || message === undefined
      return { local: { ...next, decided: enough ? least : null } }
    },

    decided: (local) => local.decided ?? undefined,
  }),
)
