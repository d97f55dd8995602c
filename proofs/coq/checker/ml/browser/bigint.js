// Integers for js_of_ocaml as JavaScript's BigInt (big.ml). Division rounds down.

//Provides: depthcheck_of_int const
function depthcheck_of_int(a) { return BigInt(a); }

//Provides: depthcheck_of_digits const
//Requires: caml_jsbytes_of_string
function depthcheck_of_digits(text) { return BigInt(caml_jsbytes_of_string(text)); }

//Provides: depthcheck_to_string const
//Requires: caml_string_of_jsbytes
function depthcheck_to_string(a) { return caml_string_of_jsbytes(a.toString()); }

//Provides: depthcheck_is_small const
function depthcheck_is_small(a) { return a < 1073741824 && a > -1073741824 ? 1 : 0; }

//Provides: depthcheck_small const
function depthcheck_small(a) { return Number(a); }

//Provides: depthcheck_sign const
function depthcheck_sign(a) { return a > 0 ? 1 : a < 0 ? -1 : 0; }

//Provides: depthcheck_compare const
function depthcheck_compare(a, b) { return a < b ? -1 : a > b ? 1 : 0; }

//Provides: depthcheck_equal const
function depthcheck_equal(a, b) { return a === b ? 1 : 0; }

//Provides: depthcheck_neg const
function depthcheck_neg(a) { return BigInt(0) - a; }

//Provides: depthcheck_add const
function depthcheck_add(a, b) { return a + b; }

//Provides: depthcheck_sub const
function depthcheck_sub(a, b) { return a - b; }

//Provides: depthcheck_mul const
function depthcheck_mul(a, b) { return a * b; }

//Provides: depthcheck_div const
function depthcheck_div(a, b) {
  var zero = BigInt(0), quotient = a / b, rest = a % b;
  var down = rest != zero && (rest < zero) != (b < zero);
  return down ? quotient - BigInt(1) : quotient;
}

//Provides: depthcheck_shift_left const
function depthcheck_shift_left(a, count) { return a << BigInt(count); }

//Provides: depthcheck_from_slots const
function depthcheck_from_slots(count, packed) {
  var half = BigInt(1) << BigInt(63), low = BigInt(64), slot = BigInt(128);
  var bias = BigInt(1) << BigInt(127), words = [], found = 0;
  for (var i = 0; i < count; i++) {
    packed += bias;
    words.push((BigInt.asUintN(128, packed) >> low) - half);
    packed >>= slot;
  }
  for (var k = count - 1; k >= 0; k--) found = [0, words[k], found];
  return found;
}

//Provides: depthcheck_gcd const
function depthcheck_gcd(a, b) {
  var zero = BigInt(0);
  if (a < zero) a = zero - a;
  if (b < zero) b = zero - b;
  while (b != zero) { var rest = a % b; a = b; b = rest; }
  return a;
}

//Provides: depthcheck_bits const
function depthcheck_bits(a) {
  var zero = BigInt(0), text = (a < zero ? zero - a : a).toString(16);
  if (text == "0") return 0;
  return 4 * (text.length - 1) + (32 - Math.clz32(parseInt(text.charAt(0), 16)));
}

// depthcheck(claim, certificate, {hash: network}) gives {code, lines}. A text is a string, which is
// taken as UTF-8, or a Uint8Array.

//Provides: depthcheck_export
//Requires: caml_string_of_jsbytes, caml_jsbytes_of_string, caml_js_wrap_callback
function depthcheck_export(check) {
  function bytes(text) {
    var array = typeof text == "string" ? new globalThis.TextEncoder().encode(text) : text;
    var parts = [];
    for (var i = 0; i < array.length; i += 4096)
      parts.push(String.fromCharCode.apply(null, array.subarray(i, i + 4096)));
    return caml_string_of_jsbytes(parts.join(""));
  }
  var run = caml_js_wrap_callback(check);
  globalThis.depthcheck = function (claim, certificate, networks) {
    var given = [0];
    for (var hash in networks) given.push(bytes(hash), bytes(networks[hash]));
    var answer = run(bytes(claim), bytes(certificate), given);
    var lines = caml_jsbytes_of_string(answer).split("\n");
    return { code: Number(lines.shift()), lines: lines };
  };
}
