// JSON as the library reads it: strictly, with no key twice, no float, and a limit to nesting.

import { quoted } from "./rational.js";

const MOST_NESTING = 60;
const TOKEN = /[\t\n\r ]*(?:([{}[\]:,])|("(?:[^"\\\u0000-\u001f]|\\.)*")|([^\t\n\r {}[\]:,"]+))/gy;
const WHOLE = /^(?:0|-?[1-9][0-9]{0,17})$/;
const WORDS = { true: true, false: false, null: null };

/** What a file that cannot be used is refused with: where, and why, on one line. */
export class BadInput extends Error {
  constructor(where, reason) {
    super(where ? `${where}: ${reason}` : reason);
    this.where = where;
    this.reason = reason;
  }
}

/** Throws BadInput: what was expected there, and what was found. */
export function refuse(where, wanted, found) {
  throw new BadInput(where, `expected ${wanted}, found ${quoted(found)}`);
}

/**
 * The value that the text writes; whole numbers are Numbers. Throws BadInput with line and column.
 */
export function strictJson(text) {
  const reader = new Reader(text);
  const value = reader.value(0);
  if (reader.next() !== null) reader.refuse("expected the end of the file");
  return value;
}

class Reader {
  constructor(text) {
    this.text = text;
    this.pattern = new RegExp(TOKEN);
  }

  /** The next token, null at the end. */
  next() {
    this.begun = this.pattern.lastIndex;
    const match = this.pattern.exec(this.text);
    if (match) return match[1] ?? match[2] ?? match[3];
    if (this.text.slice(this.begun).trim() === "") return null;
    this.pattern.lastIndex = this.begun;
    return this.refuse("expected JSON");
  }

  refuse(reason) {
    const rest = this.text.slice(this.begun);
    const place = this.begun + rest.length - rest.trimStart().length;
    const before = this.text.slice(0, place).split("\n");
    const column = before[before.length - 1].length + 1;
    const found = this.text.slice(place, place + 20).split("\n")[0] || "the end";
    throw new BadInput(
      `line ${before.length} column ${column}`,
      `${reason}, found ${quoted(found)}`,
    );
  }

  value(depth) {
    return this.valueOf(this.next(), depth);
  }

  valueOf(token, depth) {
    if (depth > MOST_NESTING) this.refuse(`expected nesting of at most ${MOST_NESTING}`);
    if (token === "{") return this.object(depth);
    if (token === "[") return this.list(depth);
    if (token !== null && token[0] === '"') return this.string(token);
    if (token !== null && WHOLE.test(token)) return Number(token);
    if (token !== null && Object.hasOwn(WORDS, token)) return WORDS[token];
    const numeric = token !== null && /^[-0-9NI]/.test(token);
    return this.refuse(
      numeric ? "expected numbers in quotes, or of at most 18 digits" : "expected JSON",
    );
  }

  string(token) {
    try {
      return JSON.parse(token);
    } catch {
      return this.refuse("expected a string in JSON");
    }
  }

  list(depth) {
    const items = [];
    let token = this.next();
    if (token === "]") return items;
    for (;;) {
      items.push(this.valueOf(token, depth + 1));
      const end = this.next();
      if (end === "]") return items;
      if (end !== ",") this.refuse("expected a comma or ]");
      token = this.next();
    }
  }

  object(depth) {
    const items = new Map();
    let token = this.next();
    if (token === "}") return items;
    for (;;) {
      if (token === null || token[0] !== '"') this.refuse("expected a key");
      const key = this.string(token);
      if (items.has(key)) this.refuse(`expected the key ${quoted(key)} once`);
      if (this.next() !== ":") this.refuse("expected a colon");
      items.set(key, this.value(depth + 1));
      const end = this.next();
      if (end === "}") return items;
      if (end !== ",") this.refuse("expected a comma or }");
      token = this.next();
    }
  }
}
