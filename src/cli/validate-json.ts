import type { TraceHeader } from '../core/trace.ts'
import type { Validation } from '../explore/validate/index.ts'

/** What `synod validate --json` prints. */
export function validationJson(
  trace: string,
  { protocol, host, seed, mutant, nodes }: TraceHeader,
  { misfit, ...found }: Validation,
): object {
  const { outcome, ...rest } = found
  return {
    trace,
    protocol,
    host,
    ...(seed === undefined ? {} : { seed }),
    ...(mutant === undefined ? {} : { mutant }),
    nodes,
    outcome,
    ...rest,
    ...(misfit === undefined
      ? {}
      : {
          misfit: {
            step: misfit.step.step,
            ...(misfit.step.node === undefined ? {} : { node: misfit.step.node }),
            time: misfit.step.time,
            event: misfit.step.event,
            effects: misfit.step.effects,
            ...(misfit.at === undefined ? {} : { at: misfit.at.step }),
            nearest: misfit.nearest,
          },
        }),
  }
}
