import type { Json } from '../core/json.ts'
import { UserError } from '../core/user-error.ts'
import { EdnReader } from './edn.ts'
import type { HistoryEvent } from './event.ts'

// INFO  jepsen.util - 3	:invoke	:cas	[2 4]
const LINE = /jepsen\.util - (\d+)\t:(invoke|ok|fail|info)\t:([\w-]+)\t(.*?)\s*$/

/**
 * One line of the logs that Jepsen wrote of etcd in 2014, as they are kept with Porcupine
 * (github.com/anishathalye/porcupine, test_data/jepsen). There a failed compare-and-set is an
 * answer: the value was another one at that moment. So it becomes `ok` with the result `false`.
 */
export function parseEtcdLine(
  text: string,
  source: string,
  line: number,
): HistoryEvent | UserError {
  const where = `${source}:${String(line)}`
  const match = LINE.exec(text)
  if (match === null) {
    const hint = "such a line ends with '<process> :<type> :<operation> <value>', between tabs"
    return new UserError('this line is no event of such a log', { where, hint })
  }
  const [, process = '', type = '', f = '', written = ''] = match
  let value: Json
  try {
    const forms = [...new EdnReader(`(${written})`, where).forms()]
    if (forms.length !== 1) return new UserError('this line does not have one value', { where })
    value = forms[0]?.value ?? null
  } catch (error) {
    if (error instanceof UserError) return new UserError(error.message, { where })
    throw error
  }
  const event = { process: Number(process), type: type as HistoryEvent['type'], f }
  // `:timed-out` says how it ended, not what was read or written.
  if (value === 'timed-out') return event
  if (f === 'cas' && type === 'fail') return { ...event, type: 'ok', value: false }
  return { ...event, value }
}
