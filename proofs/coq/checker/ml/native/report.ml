(* Paths and what is said of them. A path is NAME.claim.json or NAME.certificate.json, with or
   without the ending, or a folder of them; folders below are not looked into, which is said. *)

open Refusal

let claim_ending = ".claim.json"
let certificate_ending = ".certificate.json"

(* ---------- which claims a path means ---------- *)

let joined folder name =
  if folder = "" || Filename.check_suffix folder "/" then folder ^ name else folder ^ "/" ^ name

let is_folder path = try Sys.is_directory path with Sys_error _ -> false

let inside path =
  let found = try Sys.readdir (if path = "" then "." else path) with Sys_error _ -> [||] in
  List.map (joined path) (Array.to_list found)

(* The claim that a file belongs to; for a folder below, what will be missed. *)
let stems_of path file =
  let stem ending =
    if Filename.check_suffix file ending then [ Filename.chop_suffix file ending ] else []
  in
  let below = file <> path && Filename.basename file <> "networks" && is_folder file in
  stem claim_ending @ stem certificate_ending @ if below then [ joined file "" ] else []

let stems path =
  let files = match inside path with [] -> [ path ] | found -> found in
  match List.sort_uniq compare (List.concat_map (stems_of path) files) with
  | [] -> [ (if is_folder path then joined path "" else path) ]
  | found -> found

(* ---------- files ---------- *)

let read missing path =
  let no_file = "there is no file " ^ path in
  let data =
    try
      let found = Unix.stat path in
      need (found.st_kind = Unix.S_REG) missing no_file;
      (* What has no size is no file to read: a device behind a link may never end. *)
      let empty = "expected a file with something in it, found none in " ^ path in
      need (found.st_size > 0) Malformed empty;
      let channel = Unix.in_channel_of_descr (Unix.openfile path [ Unix.O_RDONLY ] 0) in
      let buffer = Buffer.create 65_536 in
      (try Buffer.add_channel buffer channel (most_bytes + 1) with End_of_file -> ());
      close_in channel;
      Buffer.contents buffer
    with
    | Unix.Unix_error ((Unix.ENOENT | Unix.ENOTDIR), _, _) -> need false missing no_file; ""
    | Unix.Unix_error (reason, _, _) ->
      refuse Malformed "%s cannot be read: %s" path (Unix.error_message reason)
    | Sys_error reason -> refuse Malformed "%s cannot be read: %s" path reason
  in
  if String.length data > most_bytes then
    refuse Over_budget "more than %d bytes in %s" most_bytes path;
  data

let folder_of stem =
  match String.rindex_opt stem '/' with
  | None -> ""
  | Some 0 -> "/"
  | Some last -> String.sub stem 0 last

let checked stem =
  need (not (Filename.check_suffix stem "/")) Malformed "nothing in this folder was checked";
  let claim = read Malformed (stem ^ claim_ending) in
  let certificate = read Rejected (stem ^ certificate_ending) in
  let networks = joined (folder_of stem) "networks" in
  Check.checked claim certificate (fun hash -> read Malformed (joined networks (hash ^ ".json")))

(* ---------- what is said ---------- *)

(* The code points of a path; a byte that is no UTF-8 is one from 0xdc80 on, as in Python. *)
let code_points path =
  let size = String.length path in
  let rec go i found =
    if i >= size then List.rev found
    else
      match Json.utf8_length { Json.text = path; next = i } with
      | length ->
        let points = Json.code_points (String.sub path i length) in
        go (i + length) (List.rev_append points found)
      | exception Refused _ -> go (i + 1) ((0xdc00 + Char.code path.[i]) :: found)
  in
  go 0 []

(* What is no printable ASCII in a path, as Python's ascii() writes it. *)
let printable line =
  let is_plain letter = letter >= ' ' && letter <= '~' in
  let escaped point =
    match point with
    | 9 -> "\\t"
    | 10 -> "\\n"
    | 13 -> "\\r"
    | _ when point >= 32 && point <= 126 -> String.make 1 (Char.chr point)
    | _ when point < 0x100 -> Printf.sprintf "\\x%02x" point
    | _ when point < 0x10000 -> Printf.sprintf "\\u%04x" point
    | _ -> Printf.sprintf "\\U%08x" point
  in
  if String.for_all is_plain line then line
  else String.concat "" (List.map escaped (code_points line))

(* The exit code: 0 where all claims hold, else the greatest of malformed 2, over budget 3, rejected
   10; but 4 where this program is at fault. *)
let report paths say =
  let check codes stem =
    let checked () = guarded (fun () -> checked stem) in
    let code, lines = outcome (fun () -> placed stem checked) in
    List.iter (fun line -> say (printable line)) lines;
    if code = 0 then codes else code :: codes
  in
  match List.fold_left check [] (List.concat_map stems paths) with
  | [] -> 0
  | codes when List.mem 4 codes -> 4
  | codes -> List.fold_left max 2 codes
