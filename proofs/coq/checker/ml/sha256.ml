(* SHA-256, as FIPS 180-4 states it. *)

open Int32

let k =
  [| 0x428a2f98l; 0x71374491l; 0xb5c0fbcfl; 0xe9b5dba5l; 0x3956c25bl; 0x59f111f1l; 0x923f82a4l;
     0xab1c5ed5l; 0xd807aa98l; 0x12835b01l; 0x243185bel; 0x550c7dc3l; 0x72be5d74l; 0x80deb1fel;
     0x9bdc06a7l; 0xc19bf174l; 0xe49b69c1l; 0xefbe4786l; 0x0fc19dc6l; 0x240ca1ccl; 0x2de92c6fl;
     0x4a7484aal; 0x5cb0a9dcl; 0x76f988dal; 0x983e5152l; 0xa831c66dl; 0xb00327c8l; 0xbf597fc7l;
     0xc6e00bf3l; 0xd5a79147l; 0x06ca6351l; 0x14292967l; 0x27b70a85l; 0x2e1b2138l; 0x4d2c6dfcl;
     0x53380d13l; 0x650a7354l; 0x766a0abbl; 0x81c2c92el; 0x92722c85l; 0xa2bfe8a1l; 0xa81a664bl;
     0xc24b8b70l; 0xc76c51a3l; 0xd192e819l; 0xd6990624l; 0xf40e3585l; 0x106aa070l; 0x19a4c116l;
     0x1e376c08l; 0x2748774cl; 0x34b0bcb5l; 0x391c0cb3l; 0x4ed8aa4al; 0x5b9cca4fl; 0x682e6ff3l;
     0x748f82eel; 0x78a5636fl; 0x84c87814l; 0x8cc70208l; 0x90befffal; 0xa4506cebl; 0xbef9a3f7l;
     0xc67178f2l |]

let start =
  [| 0x6a09e667l; 0xbb67ae85l; 0x3c6ef372l; 0xa54ff53al; 0x510e527fl; 0x9b05688cl; 0x1f83d9abl;
     0x5be0cd19l |]

let ( ++ ) = add
let ( ^^ ) = logxor
let rotated x n = logor (shift_right_logical x n) (shift_left x (32 - n))

(* Words stand in bytes: no word is allocated. *)
let word w t = Bytes.get_int32_ne w (4 * t)

let schedule message block w =
  for t = 0 to 15 do
    Bytes.set_int32_ne w (4 * t) (Bytes.get_int32_be message ((64 * block) + (4 * t)))
  done;
  for t = 16 to 63 do
    let x = word w (t - 15) and y = word w (t - 2) in
    let s0 = rotated x 7 ^^ rotated x 18 ^^ shift_right_logical x 3 in
    let s1 = rotated y 17 ^^ rotated y 19 ^^ shift_right_logical y 10 in
    Bytes.set_int32_ne w (4 * t) (word w (t - 16) ++ s0 ++ word w (t - 7) ++ s1)
  done

let compress w hash =
  let a = ref hash.(0) and b = ref hash.(1) and c = ref hash.(2) and d = ref hash.(3) in
  let e = ref hash.(4) and f = ref hash.(5) and g = ref hash.(6) and h = ref hash.(7) in
  for t = 0 to 63 do
    let s1 = rotated !e 6 ^^ rotated !e 11 ^^ rotated !e 25 in
    let choice = logand !e !f ^^ logand (lognot !e) !g in
    let t1 = !h ++ s1 ++ choice ++ k.(t) ++ word w t in
    let s0 = rotated !a 2 ^^ rotated !a 13 ^^ rotated !a 22 in
    let majority = logand !a !b ^^ logand !a !c ^^ logand !b !c in
    h := !g;
    g := !f;
    f := !e;
    e := !d ++ t1;
    d := !c;
    c := !b;
    b := !a;
    a := t1 ++ s0 ++ majority
  done;
  List.iteri (fun i x -> hash.(i) <- hash.(i) ++ x) [ !a; !b; !c; !d; !e; !f; !g; !h ]

let digest text =
  let size = String.length text in
  let padded = 64 * (((size + 8) / 64) + 1) in
  let message = Bytes.make padded '\000' in
  Bytes.blit_string text 0 message 0 size;
  Bytes.set message size '\x80';
  Bytes.set_int64_be message (padded - 8) (Int64.of_int (8 * size));
  let h = Array.copy start and w = Bytes.create 256 in
  for block = 0 to (padded / 64) - 1 do
    schedule message block w;
    compress w h
  done;
  String.concat "" (Array.to_list (Array.map (Printf.sprintf "%08lx") h))
