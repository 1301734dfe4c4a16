------------------------------ MODULE TwoPhase ------------------------------
(* Two-phase commit as specs/commit/twophase.ts has it, for TLC: resource     *)
(* managers 1..N, one transaction manager, messages that are never taken back. *)
EXTENDS Naturals
CONSTANT N
VARIABLES rm, tm, heard, sent

RM == 1..N
vars == <<rm, tm, heard, sent>>
Prepared(r) == [kind |-> "prepared", from |-> r]
Decided(what) == [kind |-> what, from |-> 0]

Init ==
  /\ rm = [r \in RM |-> "working"]
  /\ tm = "init"
  /\ heard = {}
  /\ sent = {}

Commit ==
  /\ tm = "init"
  /\ heard = RM
  /\ tm' = "committed"
  /\ sent' = sent \cup {Decided("commit")}
  /\ UNCHANGED <<rm, heard>>

Abort ==
  /\ tm = "init"
  /\ tm' = "aborted"
  /\ sent' = sent \cup {Decided("abort")}
  /\ UNCHANGED <<rm, heard>>

Hear(r) ==
  /\ tm = "init"
  /\ Prepared(r) \in sent
  /\ heard' = heard \cup {r}
  /\ UNCHANGED <<rm, tm, sent>>

Prepare(r) ==
  /\ rm[r] = "working"
  /\ rm' = [rm EXCEPT ![r] = "prepared"]
  /\ sent' = sent \cup {Prepared(r)}
  /\ UNCHANGED <<tm, heard>>

GiveUp(r) ==
  /\ rm[r] = "working"
  /\ rm' = [rm EXCEPT ![r] = "aborted"]
  /\ UNCHANGED <<tm, heard, sent>>

Obey(r, order, state) ==
  /\ Decided(order) \in sent
  /\ rm' = [rm EXCEPT ![r] = state]
  /\ UNCHANGED <<tm, heard, sent>>

Next ==
  \/ Commit
  \/ Abort
  \/ \E r \in RM :
       Hear(r) \/ Prepare(r) \/ GiveUp(r) \/ Obey(r, "commit", "committed") \/ Obey(r, "abort", "aborted")

Spec == Init /\ [][Next]_vars

Agreement == \A r, s \in RM : ~(rm[r] = "aborted" /\ rm[s] = "committed")
=============================================================================
