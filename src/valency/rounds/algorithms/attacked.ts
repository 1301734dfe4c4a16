import type { BoundHit, Outcome } from '../../../core/verdict.ts'

/** A known algorithm, run against everything that its adversary can do. Plain data. */
export type AlgorithmQuestion = FloodSetQuestion | GeneralsQuestion

export interface FloodSetQuestion {
  readonly algorithm: 'flood-set'
  readonly processes: number
  readonly failures: number
  readonly rounds: number
}

export interface GeneralsQuestion {
  readonly algorithm: 'oral-messages' | 'signed-messages'
  /** With the commander. */
  readonly processes: number
  readonly traitors: number
  /** The m of OM(m) and SM(m): how often an order is passed on. */
  readonly relays: number
}

export interface Attacked {
  readonly question: AlgorithmQuestion
  readonly outcome: Outcome
  /** One for each kind of adversary: for generals, which of them are traitors. */
  readonly cases: readonly AttackedCase[]
  readonly stopped?: BoundHit
  readonly seconds: number
}

export interface AttackedCase {
  /** The traitors; empty for crashes. Lieutenants are alike, so the first ones stand for all. */
  readonly traitors: readonly number[]
  readonly runs: bigint
  /** Runs in which two that decide decide differently (IC1 of generals). */
  readonly disagreements: bigint
  /** Runs in which something else is decided than is demanded (IC2 of generals). */
  readonly invalid: bigint
  /** A run that goes wrong, told as what the adversary does and what is decided. */
  readonly example?: Example
}

export interface Example {
  /** The inputs, or the order alone. */
  readonly inputs: readonly number[]
  readonly deeds: readonly string[]
  /** What each decides; `undefined` of those that crashed or are no loyal lieutenants. */
  readonly decisions: readonly (number | undefined)[]
}
