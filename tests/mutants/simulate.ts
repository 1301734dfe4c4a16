import { mutantsIn } from './mutant.ts'
import type { MutantArea } from './mutant.ts'

const in_ = mutantsIn('src/simulate/')

const queue = in_('event-queue')
const draws = in_('draws')
const network = in_('network')
const disk = in_('node-disk')
const timers = in_('node-timers')
const node = in_('simulated-node')
const clients = in_('clients')
const faults = in_('faults')
const recovery = in_('recovery')
const swarm = in_('draw-faults')
const watcher = in_('watcher')

/** Mutants of the simulator: what is planned, what can go wrong, and what clients see. */
export const simulatorMutants: MutantArea = {
  tests: [
    'tests/simulate/twin.test.ts',
    'tests/simulate/faults.test.ts',
    'tests/simulate/run.test.ts',
    'tests/simulate/clients.test.ts',
  ],
  mutants: [
    queue(
      'parentTime === time && this.order[parentSlot]! < order',
      'parentTime === time && this.order[parentSlot]! > order',
      'what is planned first for a time happens last',
    ),
    queue('if (time < childTime) break', 'if (time > childTime) break', 'a heap out of order'),
    draws('+ middle(0, late)', '+ late', 'by default faults delay by the most'),
    draws('mixed(key, nth) >>> 0', 'mixed(key, 1) >>> 0', 'every draw of a stream is the same'),
    network(
      'this.#cut[link]! > 0 || draws.lost',
      'draws.lost',
      'what is sent over a link that is cut may arrive after it',
    ),
    network(
      'if (fault.both === true) change(to, from)',
      'change(to, from)',
      'every partition cuts both directions',
    ),
    network(
      'Math.max(time, this.#latest[link]!)',
      'time',
      'messages overtake each other where they must not',
    ),
    network('if (this.#clogged[link] === 0) this.#release(link)', '', 'clogs never end'),
    disk('ticket <= this.#done', 'ticket <= this.#tickets', 'nothing waits for the disk'),
    disk('|| this.#full > 0', '', 'a full disk writes'),
    disk('pending.slice(0, kept)', 'pending', 'crashes lose nothing'),
    disk('this.#done += count', 'this.#done = this.#tickets', 'later writes are done too early'),
    timers('(local * 100) / (100 + this.#percent)', 'local', 'timers do not follow the clock'),
    timers(
      'if (timer.slot < 0 || timer.queued > due)',
      'if (timer.slot < 0)',
      'a timer that is set to run off earlier does so as late as before',
    ),
    timers('this.#shown += microseconds(ms)', 'this.#shown = 0', 'a jump sets the clock back'),
    node('this.timers.clear()', '', 'timers outlive a crash'),
    node('return this.#downs === 0', 'return true', 'the first of two crashes to end ends both'),
    node(
      'this.#pauses > 0 || this.frozen',
      'this.#pauses > 0',
      'nodes that were left behind go on',
    ),
    clients(
      "refused ? 'fail' : 'info', null, error",
      "'fail', null, error",
      'a timeout is a failure',
    ),
    clients(
      "errorCodes[error].definite ? 'fail' : 'info'",
      "'fail'",
      'errors that say nothing are failures',
    ),
    clients("if (type === 'info') client.life++", '', 'a client goes on under its old name'),
    clients('if (hint !== open.node && ', 'if (hint === open.node && ', 'hints are not followed'),
    clients('if (id !== open.lastId) return', '', 'an answer that is too late counts'),
    faults('this.#clients.nodeStarted(node.at)', '', 'clients of a node wait for ever'),
    faults('if (this.over || (', 'if ((', 'faults go on after the cluster was healed'),
    faults('spares === true && !', 'spares === true || !', 'schedules are not told as they were'),
    faults('name === names[node.at] ? undefined :', '', 'a node that falls still remembers'),
    faults('this.#spared.add(fault)\n', '\n', 'a crash that was spared is in the schedule'),
    recovery('2 * up.length > nodes.length', 'up.length > 0', 'any node is enough'),
    recovery('(up || tolerates.restarts === true)', 'true', 'who crashed for ever comes back'),
    swarm(
      '.size < mostDown(tolerates, nodes)',
      '.size <= mostDown(tolerates, nodes)',
      'one more node crashes than is tolerated',
    ),
    watcher('before[part] === now[part]', 'true', 'invariants are asked only when a node starts'),
  ],
}
