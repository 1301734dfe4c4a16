import type { AnyLayout, Layout, State, Variables } from '../state/index.ts'

/**
 * What a parameter ranges over: the values of a layout; the members of a variable by its name
 * (`'network'`), or those of one type (`'network.ack'`); or whatever a function of the state gives.
 * Such a function must declare the type of its parameter: TypeScript cannot infer it, and would
 * then not find the types of the parameters of any action of the model.
 */
export type Range<S> =
  | AnyLayout
  | (keyof S & string)
  | TypedRange<S>
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- inferred from each use
  | ((state: S) => Iterable<any>)

/** `'network.ack'`: the members of a variable that are of a type. */
export type TypedRange<S> = {
  [N in keyof S & string]: S[N] extends Iterable<{ readonly type: infer T extends string }>
    ? `${N}.${T}`
    : never
}[keyof S & string]

/** The values that the ranges stand for, one each. */
export type Chosen<S, R extends readonly unknown[]> = {
  readonly [I in keyof R]: R[I] extends Layout<infer T, infer _>
    ? T
    : R[I] extends keyof S
      ? S[R[I]] extends Iterable<infer T>
        ? T
        : never
      : R[I] extends `${infer N extends keyof S & string}.${infer T}`
        ? S[N] extends Iterable<infer M>
          ? Extract<M, { readonly type: T }>
          : never
        : R[I] extends (state: never) => Iterable<infer T>
          ? T
          : never
}

/**
 * A step that may be taken: for each choice of parameters for which `when` holds there is one
 * successor, and `then` makes it out of a copy of the state. All nondeterminism is in `for`.
 */
export interface Action<S, R extends readonly unknown[]> {
  readonly for?: readonly [...R]
  /** Whether the step may be taken. Default: always. */
  readonly when?: (state: S, ...chosen: Chosen<S, R>) => boolean
  /** Makes the successor out of a copy of the state. */
  readonly then: (next: S, ...chosen: Chosen<S, R>) => void
}

/** A condition on a state, for all choices of parameters. */
export type Clause<S, R extends readonly unknown[]> =
  | ((state: S) => boolean)
  | {
      readonly for?: readonly [...R]
      /** Whether it is so of a state. */
      readonly holds: (state: S, ...chosen: Chosen<S, R>) => boolean
    }

/**
 * What happens in the long run, for all choices of parameters. `when ... leadsTo`: whenever the
 * first holds, the second holds then or later.
 */
export type Property<S, R extends readonly unknown[]> = { readonly for?: readonly [...R] } & (
  | {
      /** It is so at some time. */
      readonly eventually: (state: S, ...chosen: Chosen<S, R>) => boolean
    }
  | {
      /** It is so again and again. */
      readonly alwaysEventually: (state: S, ...chosen: Chosen<S, R>) => boolean
    }
  | {
      /** From some time on it is so. */
      readonly eventuallyAlways: (state: S, ...chosen: Chosen<S, R>) => boolean
    }
  | {
      /** What is answered. */
      readonly when: (state: S, ...chosen: Chosen<S, R>) => boolean
      /** What answers it, then or later. */
      readonly leadsTo: (state: S, ...chosen: Chosen<S, R>) => boolean
    }
)

/**
 * A promise that enabled steps are taken. Weak: what stays enabled for ever is taken again and
 * again. Strong: what is enabled again and again is. Of several actions together, or of each
 * action and each choice of its parameters by itself.
 */
export interface Fairness {
  readonly strength: 'weak' | 'strong'
  /** Names of actions; none stands for all of them. */
  readonly actions: readonly string[]
  readonly each: boolean
}

/** Weak fairness of these actions together: one of them is taken if one is always enabled. */
export const weak = (...actions: string[]): Fairness => ({ strength: 'weak', actions, each: false })
/** Strong fairness of these actions together: one is taken if one is enabled again and again. */
export const strong = (...actions: string[]): Fairness => ({
  strength: 'strong',
  actions,
  each: false,
})
/** Weak fairness of each of these actions, and of each choice of its parameters. */
export const weakEach = (...actions: string[]): Fairness => ({
  strength: 'weak',
  actions,
  each: true,
})
/** Strong fairness of each of these actions, and of each choice of its parameters. */
export const strongEach = (...actions: string[]): Fairness => ({
  strength: 'strong',
  actions,
  each: true,
})

/** A claim that each behaviour, seen through `map`, is a behaviour of another model. */
export interface Refinement<S, W extends Variables> {
  readonly model: { readonly state: W }
  /** Writes the abstract state that a state stands for. */
  readonly map: (state: S, abstract: State<W>) => void
}

/**
 * Whose steps are whose, which partial-order reduction must know. The step of a process is one
 * whose first parameter is of the kind. What a map holds at the key of a process is that process's
 * own: nobody else reads or writes it. All other variables but the links are shared.
 */
export interface Processes<V extends Variables> {
  readonly kind: Layout<number>
  /**
   * Links that keep the order of what is sent: maps of sequences. For each key the one process that
   * sends there, by `push`, and the one that receives, by `at(0)` and `shift`. Guards may look at
   * `length` and `full`, but nobody does something because nothing has come, or has been taken.
   */
  readonly links?: {
    readonly [K in keyof V]?: (key: KeyOf<V[K]>) => readonly [from: number, to: number]
  }
  /** Maps of which others than the process look at what it holds for a process. */
  readonly shared?: readonly (keyof V & string)[]
}

/** What a map of the state is keyed by. */
export type KeyOf<L> = L extends Layout<ReadonlyMap<infer K, unknown>, infer _> ? K : never

/** The ranges of the parameters of each action or claim, by its name. */
export type Ranges<S> = Readonly<Record<string, readonly Range<S>[]>>

/** A state machine: variables, where it starts, which steps it may take, and what is claimed. */
export interface Model<
  V extends Variables,
  A extends Ranges<State<V>>,
  B extends Ranges<State<V>>,
  I extends Ranges<State<V>>,
  L extends Ranges<State<V>>,
  R extends Readonly<Record<string, Variables>>,
> {
  readonly state: V
  /**
   * Makes the initial states out of the state in which each variable has its first value: by one
   * function, or, as an action does, for each choice of parameters.
   */
  readonly init?: ((state: State<V>) => void) | { readonly [K in keyof B]: Action<State<V>, B[K]> }
  readonly actions: { readonly [K in keyof A]: Action<State<V>, A[K]> }
  /** What holds in every reachable state. */
  readonly invariants?: { readonly [K in keyof I]: Clause<State<V>, I[K]> }
  /**
   * What holds in at least one reachable state, so that a machine that does nothing cannot pass.
   */
  readonly sometimes: Readonly<Record<string, (state: State<V>) => boolean>>
  readonly properties?: { readonly [K in keyof L]: Property<State<V>, L[K]> }
  readonly fairness?: readonly Fairness[]
  /** States without a successor are errors, but for those where it may end. Default: no end. */
  readonly ends?: 'anywhere' | ((state: State<V>) => boolean)
  /** States outside are looked at and not gone on from; the report says that there were some. */
  readonly within?: (state: State<V>) => boolean
  /** Kinds of identities (`id` layouts) that may be exchanged for each other. */
  readonly symmetry?: readonly Layout<number>[]
  readonly processes?: Processes<V>
  readonly refines?: { readonly [K in keyof R]: Refinement<State<V>, R[K]> }
  /** Variables that hold messages on their way, for pictures. */
  readonly network?: readonly (keyof V & string)[]
}

/** A model of which nothing is known but that it is one. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a model of which nothing is known
export type AnyModel = Model<any, any, any, any, any, any>

/** A model, with the types of everything inferred. */
export function model<
  V extends Variables,
  A extends Ranges<State<V>>,
  B extends Ranges<State<V>>,
  I extends Ranges<State<V>>,
  L extends Ranges<State<V>>,
  R extends Readonly<Record<string, Variables>>,
>(made: Model<V, A, B, I, L, R>): Model<V, A, B, I, L, R> {
  const { init } = made
  return {
    ...made,
    ...(typeof init === 'object' ? { init: withRanges(init) } : {}),
    actions: withRanges(made.actions),
    ...(made.invariants === undefined ? {} : { invariants: withRanges(made.invariants) }),
    ...(made.properties === undefined ? {} : { properties: withRanges(made.properties) }),
  }
}

/**
 * Ranges that are names of variables become functions of the state, so that engines know two kinds.
 */
function withRanges<Parts extends object>(parts: Parts): Parts {
  const known = Object.entries(parts as Record<string, { readonly for?: readonly unknown[] }>)
  const made = known.map(([name, part]) => {
    if (typeof part !== 'object' || !Array.isArray(part.for)) return [name, part]
    const ranges = part.for.map((range: unknown) =>
      typeof range === 'string' ? membersOf(range) : range,
    )
    return [name, { ...part, for: ranges }]
  })
  return Object.fromEntries(made) as Parts
}

/**
 * The members of a variable, as a function of the state; of a type, if the name goes on with one.
 */
function membersOf(name: string): MembersRange {
  const [variable = '', type] = name.split('.')
  const all = (state: Readonly<Record<string, Iterable<unknown>>>) => state[variable] ?? []
  const some = (state: Readonly<Record<string, Iterable<unknown>>>) => {
    const wanted: unknown[] = []
    for (const member of all(state))
      if ((member as { readonly type: string }).type === type) wanted.push(member)
    return wanted
  }
  return Object.assign(type === undefined ? all : some, { variable, type })
}

/** A range that was given as a name: a function of the state that knows its name. */
export interface MembersRange {
  (state: Readonly<Record<string, Iterable<unknown>>>): Iterable<unknown>
  readonly variable: string
  readonly type: string | undefined
}
