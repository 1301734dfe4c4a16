import { mappingFor, mappingNamed } from '../../suites/traces.ts'
import { isModuleReference } from '../core/load.ts'
import { UserError } from '../core/user-error.ts'
import type { Parameters } from '../explore/index.ts'
import type { Mapping, TraceSource, ValidateOptions } from '../explore/validate/index.ts'
import { validate } from '../explore/validate/index.ts'
import { exitOf } from './exit-code.ts'
import { modelAsked, namedSpec } from './explore-spec.ts'
import { jsonLine } from './json-line.ts'
import type { Terminal } from './terminal.ts'
import type { ValidateFlags } from './validate-command.ts'
import { validationJson } from './validate-json.ts'
import { validationText } from './validate-text.ts'
import { traceSource } from './validate-source.ts'

/** Validates a trace and shows what came out. Answers the exit code. */
export async function showValidation(
  path: string,
  flags: ValidateFlags,
  terminal: Terminal,
): Promise<number> {
  const source = traceSource(path)
  const mapping = await askedMapping(source, flags)
  const options = optionsOf(mapping, flags)
  const found = validate(mapping, source, options)
  terminal.out(
    flags.json
      ? jsonLine(validationJson(path, source.header, found))
      : validationText(path, source.header, found, { ...terminal, full: flags.full ?? false }),
  )
  return exitOf(found.outcome)
}

async function askedMapping(
  { header }: TraceSource,
  { spec, mapping }: ValidateFlags,
): Promise<Mapping> {
  const own = spec !== undefined && isModuleReference(spec)
  const named = mapping ?? (own ? undefined : spec)
  const found = named === undefined ? mappingFor(header.protocol) : await mappingNamed(named)
  if (found === undefined) {
    throw new UserError(`no mapping is known for traces of '${header.protocol}'`, {
      hint: 'name one: --spec raft, or --mapping ./mine.js#mapping',
    })
  }
  const [kind = ''] = header.protocol.split('/')
  const ours = mapping === undefined || !isModuleReference(mapping)
  // Whoever gives a mapping of his own, or a protocol of his own, knows what fits.
  if (ours && !isModuleReference(header.protocol) && !found.protocols.includes(kind)) {
    throw new UserError(`a trace of '${header.protocol}' is not one of ${found.name}`, {
      where: '--spec',
      hint: `traces of ${found.protocols.join(', ')} can be held against ${found.spec.name}`,
    })
  }
  return spec !== undefined && (own || mapping !== undefined)
    ? { ...found, spec: await namedSpec(spec) }
    : found
}

/** What is wrong with names and values is told as by `synod explore`. */
function optionsOf(
  { spec }: Mapping,
  { param = [], mutant, maxStates, time }: ValidateFlags,
): ValidateOptions {
  const asked = modelAsked(spec.name, spec, {
    param,
    ...(mutant === undefined ? {} : { mutant }),
  })
  const given = param.map(({ name }) => [name, asked.parameters[name]] as const)
  return {
    states: maxStates,
    parameters: Object.fromEntries(given) as Parameters,
    ...(asked.mutant === undefined ? {} : { mutant: asked.mutant }),
    ...(time === undefined ? {} : { budget: { seconds: time } }),
  }
}
