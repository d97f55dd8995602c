(* separation_plane: the integral of |f − g| over [0, 1] × [0, 1] exists, and is exactly
   513046544196082387/3762299999162105856.
   f: tests/networks/plane_teeth3.json, SHA-256 of its exact form
   4dca2db4ef3283b4599efdd3f02e9bcdce05e6d274fef1235cafaae5ed635c73
   g: tests/networks/plane_imitation.json, SHA-256 of its exact form
   4ff59de996ac59deb972af85711265b2498ec8d4fdf1b85f66b8d1613ea32232
   Written by depthproof 0.1.0 for Coq 8.16 and Coquelicot 3.2.
   To check it, after make coq:
   coqc -w none -R build/coq Depthproof -Q build/coq/checker Checked separation_plane.v *)

From Coq Require Import QArith Qreals.
From Depthproof Require Import Definitions SpaceIntegrals.
From Checked Require Import Syntax FileNetwork.
From Depthproof Require Import FromFile SpaceRun FromSpace.
Open Scope R_scope.

Definition f_file : file := File [Gemm [0]%nat [([1; 0], 0)]%Q; Gemm [1]%nat [([1], 0)]%Q; Gemm
  [2]%nat [([1], 0); ([2], -1)]%Q; Relu 3; Gemm [4]%nat [([2; -2], 0)]%Q; Gemm [5]%nat [([1], 0);
  ([2], -1)]%Q; Relu 6; Gemm [7]%nat [([2; -2], 0)]%Q; Gemm [8]%nat [([1], 0); ([2], -1)]%Q; Relu
  9; Gemm [10]%nat [([2; -2], 0)]%Q] 11.
Definition f : list R -> R := file_space f_file.
Lemma f_is v : file_space f_file v = f v. Proof. reflexivity. Qed.

Definition g_file : file := File [Gemm [0]%nat [([1; 0], 0)]%Q; Gemm [1]%nat [([1], 0)]%Q; Gemm
  [2]%nat [([1], 0); ([1], -1 # 8); ([1], -1 # 4); ([1], -3 # 8); ([1], -59 # 128)]%Q; Relu 3;
  Gemm [4]%nat [([8; -16; 16; -16; 196 # 23], 0)]%Q; Gemm [0]%nat [([1; -1], 0)]%Q; Relu 6; Gemm
  [7]%nat [([1 # 16], 0)]%Q; Gemm [5; 8]%nat [([1; 1], 0)]%Q] 9.
Definition g : list R -> R := file_space g_file.
Lemma g_is v : file_space g_file v = g v. Proof. reflexivity. Qed.

Definition points : list corner_point := ([Coordinates [1; 0; 0]; Coordinates [1; 0; 1];
  Coordinates [1; 1; 0]; Coordinates [1; 1; 1]; Coordinates [1; 1 # 2; 0]; Coordinates [1; 1 # 2;
  1]; Coordinates [1; 1 # 4; 0]; Coordinates [1; 1 # 4; 1]; Coordinates [1; 3 # 4; 0];
  Coordinates [1; 3 # 4; 1]; Coordinates [1; 1 # 8; 0]; Coordinates [1; 1 # 8; 1]; Coordinates
  [1; 5 # 8; 0]; Coordinates [1; 5 # 8; 1]; Coordinates [1; 3 # 8; 0]; Coordinates [1; 3 # 8; 1];
  Coordinates [1; 7 # 8; 0]; Coordinates [1; 7 # 8; 1]; Coordinates [1; 59 # 128; 0]; Coordinates
  [1; 59 # 128; 1]; Coordinates [1; 1 # 2; 1 # 2]; Coordinates [1; 1 # 4; 1 # 4]; Coordinates [1;
  3 # 4; 3 # 4]; Coordinates [1; 1 # 8; 1 # 8]; Coordinates [1; 7 # 8; 7 # 8]; Coordinates [1;
  3 # 8; 3 # 8]; Coordinates [1; 5 # 8; 5 # 8]; Coordinates [1; 59 # 128; 59 # 128]; Coordinates
  [1; 2997 # 5458; 0]; Coordinates [1; 2997 # 5504; 1]; Coordinates [1; 4469 # 5458; 0];
  Coordinates [1; 4469 # 5504; 1]; Coordinates [1; 4363 # 6318; 0]; Coordinates [1; 4363 # 6272;
  1]; Coordinates [1; 1945 # 2106; 0]; Coordinates [1; 5835 # 6272; 1]; Coordinates [1;
  5835 # 6272; 5835 # 6272]; Coordinates [1; 2997 # 5504; 2997 # 5504]; Coordinates [1;
  4469 # 5504; 4469 # 5504]; Coordinates [1; 4363 # 6272; 4363 # 6272]])%Q.

(* On these simplices, by the numbers of their corners, no unit changes its sign, nor does f - g. *)
Definition simplices : list (list Z) := [[0; 1; 11]; [0; 11; 23]; [7; 11; 23]; [0; 10; 23]; [6;
  10; 23]; [7; 21; 23]; [6; 21; 23]; [7; 15; 25]; [6; 14; 25]; [7; 21; 25]; [6; 21; 25]; [15; 19;
  27]; [5; 19; 27]; [14; 18; 27]; [4; 18; 27]; [15; 25; 27]; [14; 25; 27]; [5; 20; 27]; [4; 20;
  27]; [17; 24; 36]; [16; 24; 36]; [2; 3; 36]; [3; 35; 36]; [17; 35; 36]; [2; 34; 36]; [16; 34;
  36]; [13; 26; 37]; [12; 26; 37]; [5; 20; 37]; [4; 20; 37]; [5; 29; 37]; [13; 29; 37]; [4; 28;
  37]; [12; 28; 37]; [17; 24; 38]; [16; 24; 38]; [9; 22; 38]; [8; 22; 38]; [9; 31; 38]; [17; 31;
  38]; [8; 30; 38]; [16; 30; 38]; [13; 26; 39]; [12; 26; 39]; [9; 22; 39]; [8; 22; 39]; [9; 33;
  39]; [13; 33; 39]; [8; 32; 39]; [12; 32; 39]]%Z.

(* The proved checker, run. *)
Lemma checked : check_space f_file g_file [(0, 1); (0, 1)]%Q points simplices
  (513046544196082387 # 3762299999162105856) = true.
Proof. vm_cast_no_check (eq_refl true). Qed.

Theorem separation_plane : box_integrable [(0, 1); (0, 1)] (fun v => Rabs (f v - g v)) /\
  box_integral [(0, 1); (0, 1)] (fun v => Rabs (f v - g v)) = (513046544196082387 /
  3762299999162105856).
Proof. eapply integral_by_simplices; try exact checked; try exact f_is; try exact g_is; first
  [number|sides]. Qed.
