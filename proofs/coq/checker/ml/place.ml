(* Stub: where and why the checker refuses. *)
open Refusal
let refused _ _ _ = refuse Rejected "the checker refuses"
let before _ _ _ late = raise late
