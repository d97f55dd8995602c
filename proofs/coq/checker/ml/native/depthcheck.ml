(* depthcheck PATH...: says of each claim whether it holds, by its certificate. Exit codes: 0 where all
   hold, else the greatest of malformed 2, over budget 3, rejected 10; 4 where this program is at
   fault. *)

let () =
  Gc.set { (Gc.get ()) with Gc.space_overhead = 200; allocation_policy = 2 };
  Sys.set_signal Sys.sigpipe Sys.Signal_ignore;
  let paths = match List.tl (Array.to_list Sys.argv) with [] -> [ "." ] | paths -> paths in
  let say line =
    print_string (line ^ "\n");
    flush stdout
  in
  match Report.report paths say with
  | code -> exit code
  | exception Sys_error _ -> Unix._exit 3 (* nobody reads on: nothing was decided *)
