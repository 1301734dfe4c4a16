import { mutantsIn } from './mutant.ts'
import type { MutantArea } from './mutant.ts'

const in_ = mutantsIn('src/compose/')

const one = in_('local-step')
const tickets = in_('tickets')
const steps = in_('local-steps')
const network = in_('network')
const runner = in_('composed-runner')
const judge = in_('judge')
const timers = in_('timers')
const sleeper = in_('sleeper')
const footprint = in_('footprint')
const table = mutantsIn('src/core/')('int-table')
const told = in_('told')
const trace = in_('composed-trace')
const canonical = in_('symmetry/canonical')
const images = in_('symmetry/images')
const renaming = in_('symmetry/renaming')
const exchanges = in_('symmetry/exchanges')
const alike = in_('symmetry/check-alike')
const missed = mutantsIn('src/explore/parallel/')('number-missed')
const letters = mutantsIn('src/explore/parallel/')('write-letters')
const parallel = mutantsIn('src/explore/parallel/')('explore-parallel')
const bounds = in_('bounds')
const made = in_('compose')
const text = in_('plain-text')
const monitor = mutantsIn('checkers/monitors/')('linearizable')
const reads = mutantsIn('checkers/monitors/')('monotonic-reads')

/** Mutants of composed systems, of their traces and of what judges histories as they grow. */
export const composeMutants: MutantArea = {
  tests: [
    'tests/compose/by-hand.test.ts',
    'tests/compose/ignored.test.ts',
    'tests/compose/random.test.ts',
    'tests/compose/symmetry.test.ts',
    'tests/compose/sleeping.test.ts',
    'tests/compose/parallel.test.ts',
    'tests/compose/purity.test.ts',
    'tests/compose/tickets.test.ts',
    'tests/compose/rewritten.test.ts',
    'tests/compose/tables.test.ts',
    'tests/compose/trace.test.ts',
    'tests/checkers/monitors.test.ts',
  ],
  mutants: [
    one('before.timers.filter((timer) => timer !== event.timer)', 'before.timers', 'timers run on'),
    one(
      'stages.filter(({ begun }) => begun <= kept)',
      'stages.filter(({ begun }) => begun < kept)',
      'a node that crashes has not said what came after a write that was done',
    ),
    one(
      '.filter((each) => waitsFor(each) <= kept)',
      '',
      'what waits for a write leaves although the node crashed before',
    ),
    one(
      'disk: written(before.disk, before.pending)',
      'disk: before.disk',
      'a slow disk forgets what was pending',
    ),
    one(
      'Array.from({ length: pending.length + 1 }',
      'Array.from({ length: pending.length }',
      'a crash never comes after the last write',
    ),
    one('waitsFor(each) > before.done)]', 'waitsFor(each) < 0)]', 'nothing waits for a slow disk'),
    one('{ ...next, disk: { ...disk, damaged } }', 'next', 'a write that was torn is no other'),
    one(
      'after.damaged.filter((name) => !touched.has(name))',
      'after.damaged',
      'what was damaged stays so',
    ),
    one(
      'path.at(-1)! + 1 >= this.#options',
      'path.at(-1)! + 2 >= this.#options',
      'the last option is never picked',
    ),
    one(
      "if (effect.type === 'cancel-timer') running.delete(effect.timer)",
      '',
      'timers are never cancelled',
    ),
    one(
      'before.up ? shown(program.view(before.state)) : before.shown',
      'undefined',
      'nobody knows what a node has shown that crashed',
    ),
    tickets(
      'data > TICKETS && data <= LAST_TICKET ? 0 : data',
      'data',
      'old tickets multiply states',
    ),
    one(
      '...now.filter((each) => waitsFor(each) <= stage.begun),\n' +
        '      ...now.filter((each) => waitsFor(each) > stage.begun),',
      '...now,',
      'what waits for a write overtakes nothing and is not overtaken',
    ),
    steps(
      'for (const outcome of outcomes.toReversed())',
      'for (const outcome of outcomes.slice(0, 1))',
      'only the first option is picked',
    ),
    steps('|| event % KINDS === EVENT.request', '', 'requests that are ignored are not made'),
    steps(
      'if (--this.#untilRecheck <= 0) this.#recheck(value, event, known)',
      '',
      'remembered steps are never computed again',
    ),
    steps(
      'if (first === NOTHING && --this.#untilRecheck <= 0) this.#recheck(value, event, first)',
      '',
      'what means nothing is never computed again',
    ),
    steps(
      'if (plainText(now) === plainText(remembered)) return',
      'if (now.length === remembered.length) return',
      'two outcomes are the same if they are as many',
    ),
    steps('!value.up || within === undefined ||', '', 'nodes that are down are asked too'),
    steps('kind >= EVENT.messageCrash)', 'kind > EVENT.messageCrash)', 'no crash while it is told'),
    steps('from: next.node,', 'from: to,', 'messages come from those that they go to'),
    network(
      'bits &= ~idle[idleAt + word]!',
      'bits &= idle[idleAt + word]!',
      'what matters is left out',
    ),
    network('(message & 31)\n  }', '(message & 15)\n  }', 'the wrong message means nothing'),
    network(
      'out[word]! += 1 << shift',
      'out[word]! |= 1 << shift',
      'two messages that are the same are one',
    ),
    network('this.#tooMany(this.#most + 1)', 'return', 'what has no room is not sent'),
    network(
      'this.of([...this.values.values[queue]!, message])',
      'this.of([message, ...this.values.values[queue]!])',
      'the last message arrives first',
    ),
    network('this.of(queue.slice(1))', 'this.of([])', 'one message takes all others off a link'),
    network(
      'return this.base + from * this.#nodes + to',
      'return this.base + to * this.#nodes + from',
      'links go the other way',
    ),
    runner(
      'else if (!crashes) network.meansNothing(value, message)',
      'else network.meansNothing(value, message)',
      'what is written again may not be half done',
    ),
    runner(
      'if (crashes && mayCrash) this.#take(CRASH_WRITING, crashing, crash, NEVER)',
      '',
      'no crash while something is written again',
    ),
    runner(
      'if (crashes && mayCrash) this.#take(CRASH_WRITING, crashing, crash, duplicate)',
      '',
      'a message that comes twice does not crash its node',
    ),
    runner('&& !this.#doubled', '', 'messages that are doubled are not'),
    runner('crashing?.includes(node) ?? true', 'true', 'nodes crash that may not'),
    runner(
      'this.#take(CRASH_WRITING, EVENT.restartCrash, budgets.restart, budgets.crash)',
      '',
      'nodes that start again do not crash meanwhile',
    ),
    timers('known === NOBODY || !', 'known === NOBODY || ', 'those are suspected who are up'),
    runner(
      'elsewhere ? far - 1 : far + 1',
      'elsewhere ? far + 1 : far + 1',
      'nobody asks elsewhere',
    ),
    runner('if ((far & 1) === 0 || ', 'if (', 'clients hear what they do not wait for'),
    runner(
      'this.out[this.#places.bytes + (at >> 2)]! -= 1',
      'this.out[this.#places.bytes + (at >> 2)]! -= 0',
      'budgets are never used up',
    ),
    runner('if (!this.#changed()) continue', 'continue', 'nothing happens'),
    runner('this.#network.take(this.out, message)', '', 'messages that are lost arrive'),
    judge(
      'table.set(tuple, wrong ? 1 : 0)',
      'table.set(tuple, 0)',
      'what was wrong once is right the next time',
    ),
    table(
      'if (value !== -1) this.#put(',
      'if (value > 0) this.#put(',
      'a table that grows forgets',
    ),
    table(
      'keys[at << 1] === one && keys[(at << 1) | 1] === two',
      'keys[at << 1] === one',
      'pairs are told apart by one number only',
    ),
    table(
      'if (part === width) return at',
      'if (part > 0) return at',
      'tuples are told apart by one number',
    ),
    told("errorCodes[error].definite ? 'fail' : 'info'", "'fail'", 'timeouts are failures'),
    told("error === 'temporarily-unavailable' ||", '', 'who is busy is not asked again'),
    trace('if (this.#waits.has(request)) return', '', 'what is asked again is another operation'),
    trace('if (!this.#waits.delete(told.request)) return', '', 'answers are heard twice'),
    trace('this.#picks[this.#picked++] ?? 0', '0', 'other options are picked than in the path'),
    trace('(effect.after ?? 0) <= life.done', 'true', 'answers do not wait for the disk'),
    trace(
      'life.pending.splice(0, crashedAfter)',
      'life.pending.splice(0)',
      'a crash writes everything',
    ),
    trace('if (torn === true && half !== undefined)', 'if (false)', 'no write is torn'),
    canonical(
      'if (order === 0) same++',
      'if (order !== 0) same++',
      'a state stands for as many as there are exchanges that change it',
    ),
    canonical('if (order >= 0) continue', 'continue', 'the first of several is taken'),
    canonical('if (order > 0) continue', 'if (order < 0) continue', 'kinds come in any order'),
    canonical(
      '<< ((to & 3) << 3)\n',
      '<< ((at & 3) << 3)\n',
      'bytes stay in their place in a word',
    ),
    canonical('texts.sort()[0]!', 'texts[0]!', 'nodes that are alike are of different kinds'),
    images(
      'nodes[Math.floor(link / count)]! * count',
      'Math.floor(link / count) * count',
      'links begin where they began',
    ),
    images('from: nodes[from]!', 'from: from', 'messages come from whom they came'),
    images(
      'const message = this.message(first + bit)',
      'const message = first + bit',
      'messages are not exchanged',
    ),
    images(
      'const message = this.message((word - base) * perWord + at)',
      'const message = (word - base) * perWord + at',
      'messages of a bag are not exchanged',
    ),
    images('nodes[link % count]!\n', '(link % count)\n', 'links end where they ended'),
    images(
      'if (requests.every((to, at) => to === at)) return state',
      'return state',
      'histories stay',
    ),
    renaming(
      'if (sets.includes(part)) return items.map(number).sort(inOrder)',
      'if (sets.includes(part)) return items.map(number)',
      'sets of nodes come into another order',
    ),
    renaming('timers.map((timer) => this.text(timer)).sort()', 'timers', 'timers keep their names'),
    exchanges(
      'if (!crashing.every((node) => crashing.includes(nodes[node]!))) return false',
      '',
      'those who may crash are exchanged with others',
    ),
    exchanges(
      'budgets.limits[other] === budgets.limits[at]',
      'true',
      'timers are exchanged with those that fire more often',
    ),
    alike('if (plainText(now) === plainText(wanted)) continue', 'continue', 'any node is alike'),
    alike('if (!same) this.#refuse(', 'if (false) this.#refuse(', 'any claim is alike'),
    alike(
      'within(view, here!) !== within(',
      'within(view, here!) === within(',
      'bounds are unlike',
    ),
    sleeper(
      'if ((data[at + 1]! & this.#mask) !== 0) continue',
      '',
      'what is in the way of a step sleeps after it',
    ),
    sleeper(
      'if (!this.#within) return\n    this.#before',
      'this.#before',
      'what leads out of bounds sleeps',
    ),
    footprint(
      'mask |= client(requests[request]!.client) | histories',
      'mask |= 0',
      'answers have no order',
    ),
    footprint(
      'if (silent !== -1) mask |= node(silent)',
      '',
      'silence has nothing to do with crashes',
    ),
    missed(
      'missed.slice(0, count).sort()',
      'missed.slice(0, count).sort().reverse()',
      'what is new is numbered in another order than by one thread',
    ),
    missed('for (let state = -1; state < from;', 'for (let state = -1; state < from - 1;', 'late'),
    missed('if (again && chunkMissed[chunk] === 0) continue', '', 'all is written again'),
    letters('tally.set(counted)', '', 'what is written again is counted again'),
    parallel('if (odd !== ODD.unlike) return', 'return', 'threads may see different things'),
    bounds('?? one ?? this', '?? this', 'timers are not counted by node'),
    made("!['nodes', 'recheck', 'clock'].includes(what)", 'true', 'any clock is refused'),
    made(
      'if (asks.length > MOST_COUNT >> 1)',
      'if (asks.length > MOST_COUNT)',
      'too many are asked',
    ),
    text('.filter((name) => record[name] !== undefined)', '', 'what is absent is another thing'),
    monitor(
      'has(happened, operation))\n      return',
      'has(happened, -1))\n      return',
      'what failed may have happened',
    ),
    monitor(
      'normal === undefined ? given : normal(given)',
      'given',
      'answers are taken as they are',
    ),
    monitor('if (!sameJson(known[1], result)) return []', '', 'any answer will do'),
    monitor(
      'if (each.operation !== operation) waiting.push(step.way)\n',
      'if (each.operation !== operation) continue\n',
      'nothing happens before an answer needs it',
    ),
    monitor('model.partitioned === false ? null : key', 'null', 'all keys are one object'),
    monitor('ways: distinct(ways)', 'ways', 'the same ways are written in many manners'),
    reads('who === process && what === name)?.[2]', 'who === process)?.[2]', 'keys are mixed up'),
    reads('read < last', 'read <= last', 'reading the same again is wrong'),
  ],
}
