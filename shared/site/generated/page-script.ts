// Made by scripts/build-site-script.ts from shared/site/browser: change it there.
// biome-ignore-all format: as esbuild writes it
// biome-ignore-all lint: as esbuild writes it

/** The script of a prediction page, not minified. */
export const pageScript = `(() => {
  // shared/site/data.ts
  var formElement = "form-data";
  var modelElement = "model-data";
  var choiceOfNone = "none";
  var choiceOfOther = "other";

  // shared/site/browser/elements.ts
  var svg = "http://www.w3.org/2000/svg";
  function fill(made, attributes, contents) {
    for (const [name2, value] of Object.entries(attributes)) made.setAttribute(name2, String(value));
    made.append(...contents.filter((content) => content !== void 0));
    return made;
  }
  function htmlElement(name2, attributes = {}, ...contents) {
    return fill(document.createElement(name2), attributes, contents);
  }
  function svgElement(name2, attributes = {}, ...contents) {
    const made = document.createElementNS(svg, name2);
    return fill(made, attributes, contents);
  }
  function byId(id) {
    const found = document.getElementById(id);
    if (!found) throw new Error(\`the page has no element \${id}\`);
    return found;
  }

  // shared/platform/errors.ts
  var ConfigurationError = class extends Error {
    name = "ConfigurationError";
  };
  var IntegrityError = class extends ConfigurationError {
    name = "IntegrityError";
  };
  function messageOf(error) {
    return error instanceof Error ? error.message : String(error);
  }
  function cut(json, length) {
    const head = json.slice(0, length);
    const half = /(?<=(?:^|[^\\\\])(?:\\\\\\\\)*)\\\\(?:u[\\da-f]{0,3})?$/i.exec(head);
    return half ? head.slice(0, half.index) : head;
  }
  function quote(value) {
    const text = typeof value === "bigint" ? String(value) : JSON.stringify(value) ?? String(value);
    if (text.length <= 80) return text;
    return typeof value === "string" ? \`\${cut(text, 76)}..."\` : \`\${cut(text, 77)}...\`;
  }

  // node_modules/fastest-levenshtein/esm/mod.js
  var peq = new Uint32Array(65536);
  var myers_32 = (a, b) => {
    const n = a.length;
    const m = b.length;
    const lst = 1 << n - 1;
    let pv = -1;
    let mv = 0;
    let sc = n;
    let i = n;
    while (i--) {
      peq[a.charCodeAt(i)] |= 1 << i;
    }
    for (i = 0; i < m; i++) {
      let eq = peq[b.charCodeAt(i)];
      const xv = eq | mv;
      eq |= (eq & pv) + pv ^ pv;
      mv |= ~(eq | pv);
      pv &= eq;
      if (mv & lst) {
        sc++;
      }
      if (pv & lst) {
        sc--;
      }
      mv = mv << 1 | 1;
      pv = pv << 1 | ~(xv | mv);
      mv &= xv;
    }
    i = n;
    while (i--) {
      peq[a.charCodeAt(i)] = 0;
    }
    return sc;
  };
  var myers_x = (b, a) => {
    const n = a.length;
    const m = b.length;
    const mhc = [];
    const phc = [];
    const hsize = Math.ceil(n / 32);
    const vsize = Math.ceil(m / 32);
    for (let i = 0; i < hsize; i++) {
      phc[i] = -1;
      mhc[i] = 0;
    }
    let j = 0;
    for (; j < vsize - 1; j++) {
      let mv2 = 0;
      let pv2 = -1;
      const start2 = j * 32;
      const vlen2 = Math.min(32, m) + start2;
      for (let k = start2; k < vlen2; k++) {
        peq[b.charCodeAt(k)] |= 1 << k;
      }
      for (let i = 0; i < n; i++) {
        const eq = peq[a.charCodeAt(i)];
        const pb = phc[i / 32 | 0] >>> i & 1;
        const mb = mhc[i / 32 | 0] >>> i & 1;
        const xv = eq | mv2;
        const xh = ((eq | mb) & pv2) + pv2 ^ pv2 | eq | mb;
        let ph = mv2 | ~(xh | pv2);
        let mh = pv2 & xh;
        if (ph >>> 31 ^ pb) {
          phc[i / 32 | 0] ^= 1 << i;
        }
        if (mh >>> 31 ^ mb) {
          mhc[i / 32 | 0] ^= 1 << i;
        }
        ph = ph << 1 | pb;
        mh = mh << 1 | mb;
        pv2 = mh | ~(xv | ph);
        mv2 = ph & xv;
      }
      for (let k = start2; k < vlen2; k++) {
        peq[b.charCodeAt(k)] = 0;
      }
    }
    let mv = 0;
    let pv = -1;
    const start = j * 32;
    const vlen = Math.min(32, m - start) + start;
    for (let k = start; k < vlen; k++) {
      peq[b.charCodeAt(k)] |= 1 << k;
    }
    let score = m;
    for (let i = 0; i < n; i++) {
      const eq = peq[a.charCodeAt(i)];
      const pb = phc[i / 32 | 0] >>> i & 1;
      const mb = mhc[i / 32 | 0] >>> i & 1;
      const xv = eq | mv;
      const xh = ((eq | mb) & pv) + pv ^ pv | eq | mb;
      let ph = mv | ~(xh | pv);
      let mh = pv & xh;
      score += ph >>> m - 1 & 1;
      score -= mh >>> m - 1 & 1;
      if (ph >>> 31 ^ pb) {
        phc[i / 32 | 0] ^= 1 << i;
      }
      if (mh >>> 31 ^ mb) {
        mhc[i / 32 | 0] ^= 1 << i;
      }
      ph = ph << 1 | pb;
      mh = mh << 1 | mb;
      pv = mh | ~(xv | ph);
      mv = ph & xv;
    }
    for (let k = start; k < vlen; k++) {
      peq[b.charCodeAt(k)] = 0;
    }
    return score;
  };
  var distance = (a, b) => {
    if (a.length < b.length) {
      const tmp = b;
      b = a;
      a = tmp;
    }
    if (b.length === 0) {
      return a.length;
    }
    if (a.length <= 32) {
      return myers_32(a, b);
    }
    return myers_x(a, b);
  };

  // shared/text/nearest-name.ts
  function nearestWord(word2, allowed) {
    let best;
    let bestDistance = Number.POSITIVE_INFINITY;
    const folded = word2.toLowerCase().replaceAll("_", "-");
    const limit = Math.min(3, Math.max(1, Math.ceil(folded.length / 3)));
    for (const candidate of allowed) {
      if (Math.abs(candidate.length - folded.length) > limit) continue;
      const d = distance(folded, candidate.toLowerCase());
      if (d < bestDistance) {
        best = candidate;
        bestDistance = d;
      }
    }
    return bestDistance <= limit ? best : void 0;
  }
  function didYouMean(written, names2) {
    const nearest = nearestWord(written, names2);
    return nearest === void 0 ? "" : \`; did you mean \${nearest}?\`;
  }
  function listNames(names2, limit = 20) {
    const shown = names2.slice(0, limit).join(", ");
    return names2.length > limit ? \`\${shown} and \${names2.length - limit} more\` : shown;
  }

  // shared/dataset/table/index-name.ts
  var storedIndex = /^__index_level_\\d+__$/;
  var readIndex = /^Unnamed: \\d+(?:\\.\\d+)*$/;
  function isStoredIndexName(name2) {
    return storedIndex.test(name2);
  }
  function isIndexName(name2) {
    return isStoredIndexName(name2) || readIndex.test(name2);
  }

  // shared/dataset/table/table.ts
  function columnOf(table2, name2) {
    const column = table2.columns.get(name2);
    if (!column)
      throw new RangeError(\`the table has no column \${name2}; it has \${[...table2.columns.keys()].join(", ")}\`);
    return column;
  }

  // shared/dataset/values/number-text.ts
  var pattern = /^[+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:e[+-]?\\d+)?$/i;
  var infinity = /^([+-]?)inf(?:inity)?$/i;
  var whole = /^[+-]?\\d+$/;
  function numberOfText(text) {
    const trimmed = text.trim();
    if (trimmed > "j" || trimmed > "J" && trimmed < "i") return Number.NaN;
    if (pattern.test(trimmed)) {
      const value = Number(trimmed);
      return Math.abs(value) > Number.MAX_SAFE_INTEGER && whole.test(trimmed) ? Number.NaN : value;
    }
    const match = infinity.exec(trimmed);
    if (!match) return Number.NaN;
    return match[1] === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  }

  // shared/dataset/values/marker-numbers.ts
  function markerNumbers(markers) {
    return new Set(markers.map(numberOfText).filter((value) => Number.isFinite(value)));
  }

  // shared/platform/large-map.ts
  var mostEntries = 2 ** 24 - 1;
  var LargeMap = class {
    #open = /* @__PURE__ */ new Map();
    #full = [];
    #most;
    /** @param most entries of each of its maps. */
    constructor(entries = [], most2 = mostEntries) {
      this.#most = most2;
      for (const [key, value] of entries) this.set(key, value);
    }
    get size() {
      return this.#full.length * this.#most + this.#open.size;
    }
    get(key) {
      const found = this.#open.get(key);
      if (found !== void 0 || this.#full.length === 0) return found;
      return this.#holder(key)?.get(key);
    }
    has(key) {
      return this.get(key) !== void 0;
    }
    set(key, value) {
      const holder = this.#full.length === 0 ? void 0 : this.#holder(key);
      if (holder) {
        holder.set(key, value);
        return;
      }
      if (this.#open.size >= this.#most && !this.#open.has(key)) {
        this.#full.push(this.#open);
        this.#open = /* @__PURE__ */ new Map();
      }
      this.#open.set(key, value);
    }
    /** The full map that holds a key. */
    #holder(key) {
      return this.#full.find((map) => map.has(key));
    }
    *[Symbol.iterator]() {
      for (const map of [...this.#full, this.#open]) yield* map;
    }
    *keys() {
      for (const map of [...this.#full, this.#open]) yield* map.keys();
    }
    *values() {
      for (const map of [...this.#full, this.#open]) yield* map.values();
    }
  };

  // shared/platform/numbering.ts
  var Numbering = class {
    /** The values by their numbers. */
    values = [];
    #numbers;
    /** @param values numbered beforehand. @param most see {@link LargeMap}. */
    constructor(values = [], most2) {
      this.#numbers = new LargeMap([], most2);
      for (const value of values) this.of(value);
    }
    /** The value's number, a new one where it has none. */
    of(value) {
      const known = this.#numbers.get(value);
      if (known !== void 0) return known;
      const next = this.values.push(value) - 1;
      this.#numbers.set(value, next);
      return next;
    }
    /** The value's number, where it has one. */
    find(value) {
      return this.#numbers.get(value);
    }
  };

  // shared/text/number-format.ts
  var smallest = 1e-4;
  var formatters = /* @__PURE__ */ new Map();
  function formatNumber(value, format = {}) {
    if (value === null || Number.isNaN(value)) return "undefined";
    const unit = format.unit ? \` \${format.unit}\` : "";
    if (!Number.isFinite(value)) return \`\${value < 0 ? "−" : ""}∞\${unit}\`;
    return \`\${digitsOf(value, format).replace(/^-/, "−")}\${unit}\`;
  }
  function formatInterval(low, high, format = {}) {
    if (low === null || high === null || Number.isNaN(low) || Number.isNaN(high)) return "undefined";
    const decimals = format.decimals ?? intervalDecimals(low, high);
    const ends = decimals === void 0 ? format : { ...format, decimals };
    const { unit, ...plain } = ends;
    return \`\${formatNumber(low, plain)} to \${formatNumber(high, unit === void 0 ? plain : ends)}\`;
  }
  function intervalDecimals(low, high) {
    if (low === null || high === null) return void 0;
    const width2 = Math.abs(high - low);
    if (!(width2 > 0) || !Number.isFinite(width2)) return void 0;
    const decimals = 1 - Math.floor(Math.log10(width2 / 2));
    return decimals > 7 ? void 0 : Math.max(0, decimals);
  }
  var typedDigits = 8;
  function typedNumber(value) {
    return shortText(Number.isInteger(value) ? value : Number(value.toPrecision(typedDigits)));
  }
  function shortText(value) {
    const size2 = Math.abs(value);
    return (size2 > 0 && size2 < smallest ? value.toExponential() : String(value)).replace("e+", "e");
  }
  function digitsOf(value, format) {
    const size2 = Math.abs(value);
    if (size2 >= 1e15 || size2 > 0 && size2 < smallest && !roundsToZeroOnPurpose(size2, format)) {
      return exponential(value, format);
    }
    if (format.decimals !== void 0) return formatterOf(format.decimals, format.decimals, format)(value);
    const digits = format.digits ?? 4;
    const magnitude = size2 === 0 ? 0 : Math.floor(Math.log10(size2));
    return formatterOf(0, Math.min(20, Math.max(0, digits - 1 - magnitude)), format)(value);
  }
  function roundsToZeroOnPurpose(size2, format) {
    return format.decimals !== void 0 && size2 < 10 ** -format.decimals;
  }
  function exponential(value, format) {
    const text = value.toExponential(Math.min(2, (format.digits ?? 4) - 1)).replace(/\\.?0+e/, "e").replace("e+", "e");
    return format.sign && value > 0 ? \`+\${text}\` : text;
  }
  function formatterOf(least, most2, { sign = false, plain = false }) {
    const key = \`\${least}/\${most2}/\${sign}/\${plain}\`;
    let formatter = formatters.get(key);
    if (!formatter) {
      formatter = new Intl.NumberFormat("en-US", {
        minimumFractionDigits: least,
        maximumFractionDigits: most2,
        useGrouping: plain ? "min2" : "always",
        signDisplay: sign ? "exceptZero" : "negative"
      });
      formatters.set(key, formatter);
    }
    return formatter.format;
  }

  // shared/text/counts.ts
  function formatCount(count) {
    return formatNumber(count, { decimals: 0 });
  }
  function counted(count, singular, plural = \`\${singular}s\`) {
    return \`\${formatCount(count)} \${byCount(count, singular, plural)}\`;
  }
  function byCount(count, one, many) {
    return count === 1 ? one : many;
  }

  // shared/platform/time-lengths.ts
  var second = 1e3;
  var minute = 60 * second;
  var hour = 60 * minute;
  var day = 24 * hour;
  var week = 7 * day;
  var longestDelay = 2 ** 31 - 1;

  // shared/dataset/values/date-parts.ts
  var largestTime = 864e13;
  function calendarDay(time) {
    const days = Math.floor(time / day) + 719468;
    const era = Math.floor(days / 146097);
    const dayOfEra = days - era * 146097;
    const leaps = Math.floor(dayOfEra / 1460) - Math.floor(dayOfEra / 36524) + Math.floor(dayOfEra / 146096);
    const yearOfEra = Math.floor((dayOfEra - leaps) / 365);
    const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
    const fromMarch = Math.floor((5 * dayOfYear + 2) / 153);
    const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
    return {
      year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
      month,
      day: dayOfYear - Math.floor((153 * fromMarch + 2) / 5) + 1
    };
  }
  function startOfYear(time) {
    const { year } = calendarDay(time);
    const leapDays = Math.floor((year - 1969) / 4) - Math.floor((year - 1901) / 100) + Math.floor((year - 1601) / 400);
    return (365 * (year - 1970) + leapDays) * day;
  }
  function daysInYear(year) {
    return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 366 : 365;
  }
  function floorMod(value, by) {
    const rest = value % by;
    return (rest < 0 ? rest + by : rest) + 0;
  }
  var linearParts = {
    timestamp: (time) => time / day,
    year: (time) => calendarDay(time).year,
    day: (time) => calendarDay(time).day
  };
  var cyclicParts = {
    month: { step: (time) => calendarDay(time).month - 1, steps: () => 12 },
    // 1970-01-01 was a Thursday, three days after Monday.
    weekday: { step: (time) => floorMod(Math.floor(time / day) + 3, 7), steps: () => 7 },
    hour: { step: (time) => Math.floor(floorMod(time, day) / hour), steps: () => 24 },
    "day-of-year": {
      step: (time) => Math.floor((time - startOfYear(time)) / day),
      steps: (time) => daysInYear(calendarDay(time).year)
    }
  };

  // shared/dataset/values/iso-date.ts
  var pattern2 = /^([+-]\\d{6}|\\d{4})(?:-(\\d\\d)(?:-(\\d\\d)(?:[T ](\\d\\d):(\\d\\d)(?::(\\d\\d)(?:[.,](\\d{1,9}))?)?(Z|[+-]\\d\\d:?\\d\\d)?)?)?)?$/;
  function offsetOf(zone) {
    if (zone === void 0 || zone === "Z") return 0;
    const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
    return zone.startsWith("-") ? -minutes : minutes;
  }
  function parseIsoDate(text) {
    const match = pattern2.exec(text);
    if (!match) return void 0;
    const [year, month, day2, hours, minutes, seconds] = match.slice(1, 7).map((part, i) => part === void 0 ? i === 1 || i === 2 ? 1 : 0 : Number(part));
    if (hours > 23 || minutes > 59 || seconds > 59) return void 0;
    const date = /* @__PURE__ */ new Date(0);
    date.setUTCFullYear(year, month - 1, day2);
    if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day2) return void 0;
    const milliseconds = Math.floor(Number(\`0.\${match[7] ?? "0"}\`) * 1e3);
    const time = date.setUTCHours(hours, minutes, seconds, milliseconds) - offsetOf(match[8]) * minute;
    return Math.abs(time) <= largestTime ? time : void 0;
  }

  // shared/dataset/values/month-names.ts
  var monthNames = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December"
  ];
  function monthOfName(name2) {
    const folded = name2.toLowerCase();
    if (folded === "sept") return 9;
    const at = monthNames.findIndex(
      (month) => month.toLowerCase() === folded || month.slice(0, 3).toLowerCase() === folded
    );
    return at < 0 ? void 0 : at + 1;
  }

  // shared/dataset/values/date-format.ts
  var fields = {
    yyyy: "(?<year>\\\\d{4})",
    yy: "(?<shortyear>\\\\d{2})",
    MM: "(?<month>\\\\d{2})",
    M: "(?<month>\\\\d{1,2})",
    MMM: "(?<monthname>[A-Za-z]{3,4})",
    MMMM: "(?<monthname>[A-Za-z]{3,9})",
    dd: "(?<day>\\\\d{2})",
    d: "(?<day>\\\\d{1,2})",
    EEE: "(?<weekday>[A-Za-z]{2,9}\\\\.?)",
    HH: "(?<hour>\\\\d{2})",
    H: "(?<hour>\\\\d{1,2})",
    hh: "(?<hour12>\\\\d{2})",
    h: "(?<hour12>\\\\d{1,2})",
    mm: "(?<minute>\\\\d{2})",
    ss: "(?<second>\\\\d{2})",
    SSS: "(?<millisecond>\\\\d{1,9})",
    a: "(?<half>[AaPp]\\\\.?[Mm]\\\\.?)",
    X: "(?<offset>Z|[+-]\\\\d{2}(?:\\\\d{2})?)",
    XX: "(?<offset>Z|[+-]\\\\d{4})",
    XXX: "(?<offset>Z|[+-]\\\\d{2}:\\\\d{2})"
  };
  var meanings = {
    shortyear: "year",
    monthname: "month",
    hour12: "hour"
  };
  var examples = "iso, unix-seconds, unix-milliseconds, or a pattern such as dd.MM.yyyy HH:mm";
  function dateReader(format, where) {
    if (format === "iso") return parseIsoDate;
    if (format === "unix-seconds") return (text) => timeOf(numberOfText(text) * 1e3);
    if (format === "unix-milliseconds") return (text) => timeOf(numberOfText(text));
    return patternReader(new RegExp(\`^\${patternOf(format, where)}$\`));
  }
  function timeOf(milliseconds) {
    return Math.abs(milliseconds) <= largestTime ? Math.floor(milliseconds) : void 0;
  }
  function patternOf(format, where) {
    const refuse = (problem2) => new ConfigurationError(\`\${where}: the date format \${quote(format)} \${problem2}; write \${examples}\`);
    const seen = /* @__PURE__ */ new Set();
    const pattern4 = format.replace(/'([^']*)'|([A-Za-z])\\2*|[^A-Za-z']+/g, (run, literal) => {
      if (literal !== void 0) return RegExp.escape(literal === "" ? "'" : literal);
      if (run === "T") return run;
      if (!/[A-Za-z]/.test(run)) return RegExp.escape(run);
      const field = fields[run];
      if (field === void 0)
        throw refuse(\`has \${quote(run)}, which is none of \${Object.keys(fields).join(", ")}\`);
      const group = /<(\\w+)>/.exec(field)[1];
      const name2 = meanings[group] ?? group;
      if (seen.has(name2)) throw refuse(\`has the \${name2} twice\`);
      seen.add(name2);
      return field;
    });
    const lacking2 = ["year", "month", "day"].filter((name2) => !seen.has(name2));
    if (lacking2.length > 0) throw refuse(\`has no \${lacking2.join(", no ")}\`);
    if (/<hour12>/.test(pattern4) !== /<half>/.test(pattern4)) {
      throw refuse("has h without a, or a without h: twelve hours need am or pm");
    }
    return pattern4;
  }
  function patternReader(pattern4) {
    return (text) => {
      const groups = pattern4.exec(text.trim())?.groups;
      if (!groups) return void 0;
      const part = (name2) => groups[name2] ?? "";
      const two = (written) => String(written).padStart(2, "0");
      const month = groups.monthname === void 0 ? part("month") : monthOfName(groups.monthname) ?? 0;
      const day2 = \`\${yearOf(groups)}-\${two(month)}-\${two(part("day"))}\`;
      const clock = \`\${two(hourOf(groups))}:\${two(part("minute"))}:\${two(part("second"))}\`;
      return parseIsoDate(\`\${day2}T\${clock}.\${part("millisecond") || "0"}\${offsetOf2(part("offset"))}\`);
    };
  }
  function yearOf({ year, shortyear }) {
    if (shortyear === void 0) return year;
    return \`\${Number(shortyear) >= 69 ? "19" : "20"}\${shortyear}\`;
  }
  function hourOf({ hour: hour2, hour12, half }) {
    if (hour12 === void 0) return hour2 ?? "";
    const shown = Number(hour12);
    if (shown < 1 || shown > 12) return 99;
    return shown % 12 + (half.toLowerCase().startsWith("p") ? 12 : 0);
  }
  function offsetOf2(offset) {
    return /^[+-]\\d{2}$/.test(offset) ? \`\${offset}00\` : offset;
  }

  // shared/dataset/values/number-notation.ts
  var spaces = /[\\s\\u00a0\\u2007\\u2009\\u202f]/gu;
  var apostrophes = /[’ʼ＇]/gu;
  var minus = "[-−‒–]";
  var body = "(?:\\\\d(?:[\\\\d.,'_ ]*\\\\d)?\\\\.?|[.,]\\\\d+)(?:[eE][+-]?\\\\d+)?";
  var word = "[\\\\p{L}\\\\p{Sc}%‰°µ][\\\\p{L}\\\\p{Sc}%‰°µ²³/·.*^ ]{0,15}?";
  var pattern3 = new RegExp(
    \`^(?<open>\\\\()?(?<sign>[+]|\${minus})? ?(?<before>\${word})?(?: ?(?<inner>\${minus}))? ?(?<body>\${body})(?:(?<behind> ?\${word}))?(?<after> ?\${minus})?(?<close>\\\\))?$\`,
    "u"
  );
  function numberParts(text) {
    if (text.length > 64 || !/\\d/.test(text)) return void 0;
    const groups = pattern3.exec(text.replace(spaces, " ").replace(apostrophes, "'").trim())?.groups;
    if (!groups) return void 0;
    const { open, close, sign, inner, after } = groups;
    if (open === void 0 !== (close === void 0)) return void 0;
    const signs = [open, sign, inner, after].filter((part) => part !== void 0);
    if (signs.length > 1) return void 0;
    return {
      negative: signs.length === 1 && sign !== "+",
      body: groups.body,
      before: (groups.before ?? "").trim(),
      behind: (groups.behind ?? "").trim()
    };
  }
  function numberOfBody(written, { decimal, thousands }) {
    const exponent = written.search(/e/i);
    const mantissa = exponent < 0 ? written : written.slice(0, exponent);
    const parts = mantissa.split(decimal);
    if (parts.length > 2) return Number.NaN;
    const whole2 = ungrouped(parts[0], thousands);
    if (whole2 === void 0 || !/^\\d*$/.test(parts[1] ?? "")) return Number.NaN;
    const text = \`\${whole2}\${parts.length === 2 ? \`.\${parts[1]}\` : ""}\${exponent < 0 ? "" : written.slice(exponent)}\`;
    const value = text === "." ? Number.NaN : Number(text);
    return Number.isSafeInteger(value) || !/^\\d+$/.test(text) ? value : Number.NaN;
  }
  function ungrouped(whole2, thousands) {
    if (thousands === "" || !whole2.includes(thousands)) return /^\\d*$/.test(whole2) ? whole2 : void 0;
    const groups = whole2.split(thousands);
    const last = groups.length - 1;
    const digits = groups.every((group) => /^\\d+$/.test(group));
    if (!digits) return void 0;
    if (thousands === "_") return groups.join("");
    const [first] = groups;
    if (first.startsWith("0") || groups[last].length !== 3) return void 0;
    const western = first.length <= 3 && groups.every((group, i) => i === 0 || group.length === 3);
    const indian = thousands === "," && first.length <= 2 && groups.every((group, i) => i === 0 || i === last || group.length === 2);
    return western || indian ? groups.join("") : void 0;
  }
  function divisorOf(unit) {
    return unit === "%" ? 100 : unit === "‰" ? 1e3 : 1;
  }
  function numberIn(text, notation) {
    const parts = numberParts(text);
    if (!parts || !hasUnit(parts, notation)) return Number.NaN;
    const size2 = numberOfBody(parts.body, notation) / divisorOf(notation.unit);
    return parts.negative ? -size2 : size2;
  }
  function hasUnit({ before, behind, body: digits }, { unit, unitFirst }) {
    const wanted = unitFirst ? [unit, ""] : ["", unit];
    if (before === wanted[0] && behind === wanted[1]) return true;
    return before === "" && behind === "" && (isCurrency(unit) || /^[0.,]+$/.test(digits));
  }
  var currencyCodes = new Set(
    "AED ARS AUD BRL CAD CHF CLP CNY COP CZK DKK EGP EUR GBP HKD HUF IDR ILS INR JPY KES KRW MAD MXN MYR NGN NOK NZD PEN PHP PKR PLN QAR RON RUB SAR SEK SGD THB TRY TWD UAH USD VND ZAR Fr. Kr kr zł Kč Ft Rs Rs. R$ US$ A$ C$ NT$ HK$ S$".split(
      " "
    )
  );
  function isCurrency(text) {
    return /^\\p{Sc}$/u.test(text) || currencyCodes.has(text);
  }
  var knownUnits = new Set(
    "% ‰ °C °F ° kg mg µg lb lbs oz km cm mm µm nm mi ft in yd km² m² cm² mm² ha m³ cm³ ml mL cl dl kWh Wh MWh kW MW W hp PS kPa hPa MPa Pa bar psi mbar kV mV mA Hz kHz MHz GHz km/h kmh mph m/s kn mpg cc kcal kJ MJ kB KB MB GB TB ms µs min sec hr hrs yrs ppm ppb dB lx lm rpm bpm mmHg mmol/l mmol/L mg/dl mg/dL g/l g/L".split(
      " "
    )
  );

  // shared/dataset/values/number-example.ts
  function parseNotation(example) {
    const parts = numberParts(example);
    if (!parts || parts.before !== "" && parts.behind !== "") return void 0;
    const marks = marksOf(parts.body);
    if (!marks || Number.isNaN(numberOfBody(parts.body, marks))) return void 0;
    return { ...marks, unit: parts.before || parts.behind, unitFirst: parts.before !== "" };
  }
  function marksOf(body2) {
    const found = body2.match(/[.,'_ ]/g) ?? [];
    const last = found.at(-1);
    if (last === void 0) return { decimal: ".", thousands: "" };
    const kinds2 = new Set(found);
    const groups = found.filter((mark) => mark === last).length > 1 || kinds2.size === 1 && /\\D\\d{3}$/.test(body2);
    const thousands = groups ? last : found.find((mark) => mark !== last);
    const decimal = groups ? last === "." ? "," : "." : last;
    if (kinds2.size > 2 || groups && kinds2.size > 1 || decimal !== "." && decimal !== ",") return void 0;
    return { decimal, thousands: thousands ?? "" };
  }
  function numberTextReader(example, where) {
    if (example === void 0) return numberOfText;
    const notation = parseNotation(example);
    if (!notation) {
      throw new ConfigurationError(
        \`\${where}: \${quote(example)} is not a number as an example; write 1234.5 as the column writes it, such as "1.234,5", "$1,234.5" or "1234,5 kg"\`
      );
    }
    return (text) => numberIn(text, notation);
  }

  // shared/dataset/types/column-type.ts
  var truths = /* @__PURE__ */ new Map([
    ["true", 1],
    ["yes", 1],
    ["1", 1],
    ["false", 0],
    ["no", 0],
    ["0", 0]
  ]);

  // shared/dataset/schema/record-field.ts
  var keptCategories = 2048;
  var lacking = "no value is given, which occurred in training rarely or never: the model has not learnt what that means";
  var kinds = {
    string: "a text",
    number: "a number",
    boolean: "a boolean",
    object: "an object"
  };
  function shownAs({ type }) {
    return type === "date" ? (value) => new Date(value).toISOString().replace("T00:00:00.000Z", "") : String;
  }
  function describe(column, format) {
    const show = shownAs(column);
    const [low, high] = column.range ?? [null, null];
    const within = low !== null && high !== null ? \` from \${show(low)} to \${show(high)}\` : low !== null ? \` of \${show(low)} or more\` : high !== null ? \` up to \${show(high)}\` : "";
    const noun = {
      number: \`a number\${within}\`,
      date: format ? \`a date as \${format}\${within}\` : \`an ISO 8601 date\${within}, or milliseconds since 1970\`,
      boolean: "true or false",
      category: "a text"
    }[column.type];
    return column.nullable ? \`\${noun}, or null\` : noun;
  }
  function coerced(column, text, readText) {
    const trimmed = text.trim();
    if (trimmed === "") return null;
    if (column.type === "number") {
      const value = readText(trimmed);
      return Number.isFinite(value) ? value : text;
    }
    if (column.type === "boolean") {
      const truth2 = truths.get(trimmed.toLowerCase());
      return truth2 === void 0 ? text : truth2 === 1;
    }
    return column.type === "category" ? text : trimmed;
  }
  function readNumber(column, readDate, value) {
    if (column.type === "date" && typeof value === "string") return readDate(value);
    if (typeof value !== "number" || !Number.isFinite(value)) return void 0;
    return column.type === "date" && Math.abs(value) > largestTime ? void 0 : value;
  }
  function numberReader(column, { allowed, readDate, grows }) {
    const show = shownAs(column);
    const [low, high] = column.range ?? [null, null];
    const { seen } = column;
    return (given) => {
      const value = readNumber(column, readDate, given);
      if (value === void 0) {
        const kind = typeof given === "number" || column.type === "date" ? "" : \` is \${kinds[typeof given] ?? typeof given}\`;
        const said = typeof given === "number" ? String(given) : quote(given);
        return {
          value: null,
          allowed,
          problem: kind ? \`\${said}\${kind}; write \${allowed}\` : \`\${said} cannot be read; write \${allowed}\`
        };
      }
      if (low !== null && value < low || high !== null && value > high) {
        return { value: null, allowed, problem: \`\${show(value)} is out of range; write \${allowed}\` };
      }
      if (seen && (value < seen[0] || value > seen[1] && !grows)) {
        const warning = \`\${show(value)} is outside the typical training range, \${show(seen[0])} to \${show(seen[1])}\`;
        return { value: value + 0, allowed, warning };
      }
      return { value: value + 0, allowed };
    };
  }
  function categoryReader(column, allowed, keepsSpaces) {
    const categories = column.categories ?? [];
    const seen = new Set(categories);
    const complete = column.categories !== void 0 && categories.length < keptCategories;
    return (given) => {
      if (typeof given !== "string") {
        const problem2 = \`\${quote(given)} is \${kinds[typeof given] ?? typeof given}; write \${allowed}\`;
        return { value: null, allowed, problem: problem2 };
      }
      const value = keepsSpaces ? given : given.trim();
      if (!complete || seen.has(value)) return { value, allowed };
      const often = categories.length === 0 ? "" : \`; training often saw \${listNames(categories, 10)}\`;
      const hint = didYouMean(value, categories) || often;
      return { value, allowed, warning: \`\${quote(value)} occurred in training rarely or never\${hint}\` };
    };
  }
  function booleanReader(allowed) {
    return (value) => {
      if (typeof value === "boolean") return { value, allowed };
      const problem2 = \`\${quote(value)} is \${kinds[typeof value] ?? typeof value}; write \${allowed}\`;
      return { value: null, allowed, problem: problem2 };
    };
  }
  function fieldReader(column, {
    coerce = false,
    keepsSpaces = false,
    markers,
    isPresent = false,
    grows = false
  }) {
    const format = coerce && column.type === "date" && column.format !== "iso" ? column.format : void 0;
    const readText = numberTextReader(column.type === "number" ? column.format : void 0, column.name);
    const readDate = format === void 0 ? parseIsoDate : dateReader(format, column.name);
    const allowed = describe(column, format);
    const read = column.type === "category" ? categoryReader(column, allowed, keepsSpaces) : column.type === "boolean" ? booleanReader(allowed) : numberReader(column, { allowed, readDate, grows });
    return (given) => {
      if (given === void 0) {
        return { value: null, allowed, problem: \`the record has no such field; write \${allowed}\` };
      }
      const found = coerce && typeof given === "string" ? coerced(column, given, readText) : given;
      const value = typeof found === "number" && column.type === "number" && markers?.has(found) ? null : found;
      if (value !== null) return read(value);
      if (column.nullable) return isPresent ? { value, allowed, warning: lacking } : { value, allowed };
      return { value, allowed, problem: \`null is not allowed here; write \${allowed}\` };
    };
  }

  // shared/site/browser/stand-ins/zod.ts
  var accept = (value) => ({ success: true, data: value });
  var z = new Proxy(() => z, {
    get: (_schema, method) => method === "safeParse" ? accept : z
  });

  // shared/dataset/schema/schema.ts
  var columnSchema = z.strictObject({
    name: z.string(),
    type: z.enum(["number", "category", "boolean", "date"]),
    /** \`ignored\`: the target's twin in the key, the time column, excluded columns, row numbers and identifiers: kept with the rows, unseen by models. */
    role: z.enum(["feature", "target", "ignored"]),
    /** Missing values were seen, or a policy other than \`fail\` covers them. */
    nullable: z.boolean(),
    description: z.string().optional(),
    unit: z.string().optional(),
    /** Allowed by the configuration. */
    range: z.tuple([z.number().nullable(), z.number().nullable()]).optional(),
    /** Where the training rows lie, but for a few at either end (dates: milliseconds since 1970): no row's value shows. */
    seen: z.tuple([z.number(), z.number()]).optional(),
    /** Categories of at least five training rows, most frequent first, at most 2,048; declared ones when \`values\` is given. */
    categories: z.array(z.string()).optional(),
    /** Dates and numbers: how texts are read. */
    format: z.string().optional(),
    /** Where the rows are of several sources: the step that made the column or brought it in. Rows to predict have it already. */
    made: z.string().optional()
  });
  var cellRules = z.strictObject({
    /** Texts that mean missing. */
    missing: z.array(z.string()).optional(),
    /** Spaces around texts were kept. */
    spaces: z.literal("kept").optional(),
    /** \`data.source.decimal\` and \`data.source.thousands\`: how all numbers of CSV were written. */
    decimal: z.enum([".", ","]).optional(),
    thousands: z.enum([",", ".", "'", " ", "_"]).optional()
  });
  var datasetSchema = z.strictObject({
    version: z.literal(1),
    task: z.enum(["regression", "binary", "multiclass"]),
    target: z.string(),
    /** Classifiers: the labels in sorted order, which is that of the model's outputs. */
    classes: z.array(z.string()).optional(),
    /** Binary: the class that matters; absent in what earlier versions wrote, where it is the second. */
    positive: z.string().optional(),
    key: z.array(z.string()),
    time: z.string().optional(),
    columns: z.array(columnSchema),
    /** The features in the order of the data, which rows without names keep to; datasets of older versions lack it. */
    order: z.array(z.string()).optional(),
    /** How cells of text were read, where it was not as usual: rows to predict are read as the training rows were. */
    cells: cellRules.optional()
  });
  function featureColumns(schema) {
    return schema.columns.filter((column) => column.role === "feature");
  }

  // shared/dataset/schema/record.ts
  function problem(row, field, value, allowed, what) {
    const message = field === null ? \`record \${row}: \${what}\` : \`record \${row}, \${field}: \${what}\`;
    return { row, field, value, allowed, message };
  }
  function recordParser(schema, options = {}) {
    const features = featureColumns(schema);
    const names2 = features.map(({ name: name2 }) => name2);
    const keepsSpaces = schema.cells?.spaces === "kept";
    const markers = markerNumbers(schema.cells?.missing ?? []);
    const readers = features.map((column) => ({
      name: column.name,
      read: fieldReader(column, {
        ...{ coerce: options.coerce ?? false, keepsSpaces, markers },
        isPresent: options.present?.has(column.name) ?? false,
        grows: column.name === schema.time
      })
    }));
    const emptyRow = names2.includes("__proto__") ? () => /* @__PURE__ */ Object.create(null) : () => ({});
    const known = /* @__PURE__ */ new Set([...schema.columns.map(({ name: name2 }) => name2), ...options.others ?? []]);
    const most2 = options.mostProblems ?? Number.POSITIVE_INFINITY;
    function unknownField(field, value, index) {
      const hint = didYouMean(field, names2) || \`; the features are \${listNames(names2)}\`;
      return problem(index, field, value, \`one of \${listNames(names2)}\`, \`there is no such feature\${hint}\`);
    }
    return (value, index) => {
      const problems = [];
      const warnings = [];
      if (!isObject(value)) {
        const what = \`\${quote(value)} is not an object; write { "\${names2[0] ?? "feature"}": … }\`;
        problems.push(problem(index, null, value, "an object with a value for each feature", what));
        return { problems, warnings };
      }
      const row = emptyRow();
      for (const { name: name2, read } of readers) {
        if (problems.length >= most2) break;
        const given = Object.hasOwn(value, name2) ? value[name2] : void 0;
        const found = read(given);
        row[name2] = found.value;
        if (found.problem !== void 0)
          problems.push(problem(index, name2, given, found.allowed, found.problem));
        if (found.warning !== void 0)
          warnings.push(problem(index, name2, given, found.allowed, found.warning));
      }
      for (const field of Object.keys(value)) {
        if (problems.length >= most2) break;
        if (!known.has(field) && field !== "" && !isIndexName(field))
          problems.push(unknownField(field, value[field], index));
      }
      return problems.length > 0 ? { problems, warnings } : { row, problems, warnings };
    };
  }
  function isObject(value) {
    return typeof value === "object" && value !== null && !Array.isArray(value);
  }

  // shared/text/shown-time.ts
  function shownTime(time) {
    return time.replace(/T00:00:00(\\.000)?Z$/, "");
  }

  // shared/text/percent.ts
  function declaredShare(share) {
    if (share === 0) return "0%";
    const [mantissa = "0", exponent = "0"] = share.toExponential().split("e");
    const digits = mantissa.replace(".", "");
    const point = Number(exponent) + 3;
    if (point <= 0) return \`0.\${"0".repeat(-point)}\${digits}%\`;
    if (point >= digits.length) return \`\${digits}\${"0".repeat(point - digits.length)}%\`;
    return \`\${digits.slice(0, point)}.\${digits.slice(point)}%\`;
  }
  function measuredShare(share, { beside, sign = false } = {}) {
    const rounded = roundedShare(share, sign);
    if (beside === void 0 || share === beside || !sameNumber(rounded, declaredShare(beside))) return rounded;
    for (let decimals = 1; decimals <= mostDecimals; decimals++) {
      const text = \`\${formatNumber(percentOf(share), { decimals, sign })}%\`;
      if (!sameNumber(text, declaredShare(beside))) return text;
    }
    return rounded;
  }
  var mostDecimals = 6;
  function percentOf(share) {
    return Number((share * 100).toPrecision(12));
  }
  function sameNumber(a, b) {
    return Number.parseFloat(a.replace("−", "-")) === Number.parseFloat(b);
  }
  function roundedShare(share, sign) {
    const percent = percentOf(share);
    const size2 = Math.abs(percent);
    const minus2 = percent < 0 ? "−" : sign ? "+" : "";
    if (size2 > 0 && size2 < 0.1) return \`\${percent < 0 ? ">" : "<"}\${minus2}0.1%\`;
    if (size2 > 99.9 && size2 < 100) return \`\${percent < 0 ? "<" : ">"}\${minus2}99.9%\`;
    const whole2 = Number.isInteger(percent) || size2 >= 10 && size2 <= 99 || size2 >= 101;
    return \`\${formatNumber(percent, { decimals: whole2 ? 0 : 1, sign })}%\`;
  }

  // shared/site/chart-scale.ts
  function scaleOf([low, high], [from, to]) {
    const factor = (to - from) / (high - low);
    return (value) => Math.round((from + (value - low) * factor) * 100) / 100;
  }
  function spanAround(values, room = 0.06) {
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    for (const value of values) {
      if (!Number.isFinite(value)) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    if (low > high) return void 0;
    const margin = high > low ? (high - low) * room : Math.max(Math.abs(low) * 0.1, 0.5);
    return [low - margin, high + margin];
  }
  function ticksOf([low, high], wanted) {
    const raw = (high - low) / wanted;
    const power = 10 ** Math.floor(Math.log10(raw));
    const step = power * ([1, 2, 5].find((factor) => factor * power >= raw) ?? 10);
    const ticks = [];
    for (let k = Math.ceil(low / step); k * step <= high; k++) ticks.push(Number((k * step).toPrecision(12)));
    return ticks;
  }

  // shared/text/visible-text.ts
  var treacherous = (
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
    /[\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u061c\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u2069\\ufeff\\ufff9-\\ufffb]/g
  );
  function visibleText(text) {
    return text.toWellFormed().replace(
      treacherous,
      (character) => \`\\\\u\${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}\`
    );
  }
  function clipApart(texts, length) {
    const clipped = texts.map((text) => clipText(text, length));
    return clipped.map((short, i) => {
      const alone = clipped.indexOf(short) === clipped.lastIndexOf(short);
      if (alone) return short;
      const characters = [...texts[i]];
      const first = Math.floor(length / 4);
      return characters.length <= length ? short : \`\${characters.slice(0, first).join("")}…\${characters.slice(first + 1 - length).join("")}\`;
    });
  }
  function clipText(text, length) {
    if (text.length <= length) return text;
    const characters = [];
    for (const character of text) {
      characters.push(character);
      if (characters.length > length) return \`\${characters.slice(0, length - 1).join("")}…\`;
    }
    return text;
  }

  // shared/site/browser/words.ts
  function shownText(text, length = 40) {
    return text === "" ? "(empty)" : clipText(visibleText(text), length);
  }
  function shownNumber(value, unit) {
    const number = formatNumber(value, { digits: 6, plain: true });
    return unit === void 0 ? number : \`\${number} \${shownText(unit, 20)}\`;
  }
  function shownTime2(time) {
    const text = new Date(time).toISOString();
    return time % day === 0 ? text.slice(0, 10) : text.slice(0, 16).replace("T", " ");
  }
  function shownValue({ type, unit }, value) {
    return type === "date" ? shownTime2(value) : shownNumber(value, unit);
  }
  function limits(column) {
    const [low, high] = column.range ?? [null, null];
    const show = (value) => column.type === "date" ? shownTime2(value) : shownNumber(value);
    if (low !== null && high !== null) return \` from \${show(low)} to \${show(high)}\`;
    if (low !== null) return \` of \${show(low)} or more\`;
    return high === null ? "" : \` up to \${show(high)}\`;
  }
  var nouns = { number: "a number", date: "a date", boolean: "true or false", category: "a text" };
  function problemWords({ value }, column) {
    const wanted = \`\${nouns[column.type]}\${limits(column)}\${column.nullable ? ", or leave it empty" : ""}\`;
    if (value === void 0) return \`This \${column.type} is not complete. Enter \${wanted}.\`;
    if (value === null) return \`A value is needed here. Enter \${wanted}.\`;
    if (typeof value === "number") return \`\${shownValue(column, value)} is not allowed. Enter \${wanted}.\`;
    const hint = /^-?\\d+,\\d+$/.test(String(value)) ? " Decimals are written with a point." : "";
    return \`“\${shownText(String(value))}” is not \${nouns[column.type]}. Enter \${wanted}.\${hint}\`;
  }
  function warningWords({ value }, column) {
    if (value === null) {
      return \`Hardly any training row, or none, was without this \${column.type}: the model has not learnt what that means.\`;
    }
    if (column.seen) {
      const [low, high] = column.seen;
      return \`Training range is \${shownValue(column, low)} to \${shownValue(column, high)}: the model extrapolates here.\`;
    }
    return \`“\${shownText(String(value))}” does not occur in training: the model treats it like any unknown value.\`;
  }

  // shared/site/browser/answer.ts
  var shownClasses = 8;
  function answerOf(prediction, data2) {
    return "value" in prediction ? numberAnswer(prediction.value, data2) : classAnswer(prediction, data2.schema.classes ?? []);
  }
  function intervalsOf({ uncertainty }) {
    return (uncertainty?.intervals ?? []).flatMap(({ level, halfWidth }) => halfWidth === null ? [] : [{ level, halfWidth }]).toSorted((a, b) => a.level - b.level);
  }
  function mainInterval(intervals) {
    return intervals.toSorted((a, b) => Math.abs(a.level - 0.9) - Math.abs(b.level - 0.9))[0];
  }
  function numberAnswer(value, data2) {
    const target = targetOf(data2.schema);
    const unit = target?.unit === void 0 ? "" : shownText(target.unit, 20);
    const intervals = intervalsOf(data2);
    const main = mainInterval(intervals);
    const decimals = main ? intervalDecimals(value - main.halfWidth, value + main.halfWidth) : void 0;
    const shown = formatNumber(value, decimals === void 0 ? {} : { decimals });
    const contents = [
      htmlElement(
        "p",
        { class: "answer-value" },
        htmlElement("data", { value }, shown),
        unit === "" ? void 0 : htmlElement("span", { class: "unit" }, unit)
      )
    ];
    if (!main) return { contents, sentence: \`\${shown} \${unit}\` };
    const range = formatInterval(value - main.halfWidth, value + main.halfWidth);
    contents.push(
      htmlElement(
        "p",
        { class: "answer-range" },
        htmlElement("b", {}, range),
        \` with \${declaredShare(main.level)} confidence\`
      ),
      strip(value, intervals, target),
      ...intervals.length > 1 ? [levels(value, intervals)] : [],
      basis(data2)
    );
    return { contents, sentence: \`\${shown} \${unit}, \${range} with \${declaredShare(main.level)} confidence\` };
  }
  function targetOf(schema) {
    return schema.columns.find(({ name: name2 }) => name2 === schema.target);
  }
  function strip(value, intervals, target) {
    const widest2 = intervals.at(-1).halfWidth;
    const span = spanAround([...target?.seen ?? [], value - widest2, value + widest2], 0.02);
    const x = scaleOf(span, [6, 354]);
    const bands = intervals.toReversed().map(({ halfWidth }) => {
      const from = x(value - halfWidth);
      return svgElement("rect", {
        class: "band",
        x: from,
        y: 10,
        width: x(value + halfWidth) - from,
        height: 18,
        rx: 3
      });
    });
    const ends = (target?.seen ?? []).map(
      (end, i) => svgElement("text", { x: x(end), y: 46, "text-anchor": i === 0 ? "start" : "end" }, formatNumber(end))
    );
    const drawing = svgElement(
      "svg",
      { class: "strip", viewBox: "0 0 360 50", "aria-hidden": "true", focusable: "false" },
      target?.seen ? svgElement("path", { class: "rail", d: \`M\${x(target.seen[0])} 19H\${x(target.seen[1])}\` }) : void 0,
      ...bands,
      svgElement("circle", { class: "point", cx: x(value), cy: 19, r: 6 }),
      ...ends
    );
    const caption = target?.seen ? htmlElement("figcaption", {}, "Scale: typical values in training") : void 0;
    return htmlElement("figure", { class: "answer-strip" }, drawing, caption);
  }
  function levels(value, intervals) {
    const rows = intervals.map(
      ({ level, halfWidth }) => htmlElement(
        "div",
        {},
        htmlElement("dt", {}, declaredShare(level)),
        htmlElement("dd", {}, formatInterval(value - halfWidth, value + halfWidth))
      )
    );
    return htmlElement("dl", { class: "levels" }, ...rows);
  }
  function basis({ uncertainty }) {
    const rows = formatNumber(uncertainty?.rows ?? 0);
    return htmlElement(
      "p",
      { class: "answer-note" },
      \`Intervals from the errors on \${rows} rows that training had not seen.\`
    );
  }
  function classAnswer(prediction, classes) {
    const { label, probabilities } = prediction;
    const sorted = classes.map((name2) => ({ name: name2, probability: probabilities[name2] ?? 0 })).toSorted((a, b) => b.probability - a.probability || Number(b.name === label) - Number(a.name === label));
    const rest = sorted.slice(shownClasses);
    const rows = sorted.slice(0, shownClasses).map(({ name: name2, probability }) => classRow(name2, probability, name2 === label));
    if (rest.length > 0) {
      const sum = rest.reduce((total, { probability }) => total + probability, 0);
      rows.push(restRow(rest.length, sum));
    }
    const sure = measuredShare(probabilities[label] ?? 0);
    return {
      contents: [
        htmlElement(
          "p",
          { class: "answer-value" },
          htmlElement("data", { value: label }, htmlElement("bdi", {}, shownText(label)))
        ),
        htmlElement("p", { class: "answer-range" }, htmlElement("b", {}, sure), " probable"),
        htmlElement("ul", { class: "classes", "aria-label": "Probability of each class" }, ...rows)
      ],
      sentence: \`\${shownText(label)}, \${sure} probable\`
    };
  }
  function classRow(name2, probability, chosen) {
    const row = probabilityRow(htmlElement("bdi", {}, shownText(name2)), probability);
    row.className = chosen ? "chosen" : "";
    row.querySelector("data")?.setAttribute("data-class", name2);
    return row;
  }
  function restRow(count, probability) {
    return probabilityRow(\`\${count} others together\`, probability);
  }
  function probabilityRow(name2, probability) {
    const bar = svgElement(
      "svg",
      {
        class: "share-bar",
        viewBox: "0 0 100 8",
        preserveAspectRatio: "none",
        "aria-hidden": "true",
        focusable: "false"
      },
      svgElement("rect", { class: "back", width: 100, height: 8 }),
      svgElement("rect", { class: "fill", width: Math.round(probability * 1e3) / 10, height: 8 })
    );
    return htmlElement(
      "li",
      {},
      htmlElement("span", { class: "class-name" }, name2),
      htmlElement("data", { value: probability }, measuredShare(probability)),
      bar
    );
  }

  // shared/dataset/schema/positive-class.ts
  function positiveClass({ task, classes, positive }) {
    return task === "binary" ? positive ?? classes?.[1] : void 0;
  }

  // shared/model/predictor/answers.ts
  function answersOf({ task, classes = [], positive }, threshold = 0.5) {
    if (task === "regression") {
      return {
        ofTable: (values) => ({ task, predicted: Float64Array.from(values) }),
        ofRecord: (output) => ({ value: output[0] })
      };
    }
    const known = { task, classes, threshold };
    return {
      ofTable: (values, rows) => ({
        ...classified(values, rows, known),
        ...positive === void 0 ? {} : { positive }
      }),
      ofRecord(output) {
        const { predicted, probabilities } = classified(output, 1, known);
        const entries = classes.map((label, k) => [label, probabilities[k]]);
        return { label: classes[predicted[0]], probabilities: Object.fromEntries(entries) };
      }
    };
  }
  function classified(values, rows, {
    task,
    classes,
    threshold
  }) {
    const width2 = classes.length;
    const predicted = new Int32Array(rows);
    const probabilities = new Float64Array(rows * width2);
    for (let row = 0; row < rows; row++) {
      const start = row * width2;
      if (task === "binary") {
        const second2 = values[row];
        probabilities[start] = 1 - second2;
        probabilities[start + 1] = second2;
        predicted[row] = second2 > threshold ? 1 : 0;
        continue;
      }
      let best = 0;
      for (let k = 0; k < width2; k++) {
        probabilities[start + k] = values[start + k];
        if (values[start + k] > values[start + best]) best = k;
      }
      predicted[row] = best;
    }
    return { task, classes, predicted, probabilities };
  }

  // shared/model/ensemble/member-files.ts
  var memberPrefix = (part, member) => \`part-\${part + 1}-\${member + 1}\`;

  // shared/algebra/exponential.ts
  var ln2High = 0.6931471803691238;
  var ln2Low = 19082149292705877e-26;
  var powersOfTwo = (() => {
    const powers = new Float64Array(2098);
    powers[1074] = 1;
    for (let k = 1075; k < powers.length; k++) powers[k] = powers[k - 1] * 2;
    for (let k = 1073; k >= 0; k--) powers[k] = powers[k + 1] / 2;
    return powers;
  })();
  function exponential2(x) {
    if (Number.isNaN(x)) return x;
    if (x > 709.782712893384) return Number.POSITIVE_INFINITY;
    if (x < -745.1332191019412) return 0;
    const k = Math.floor(x * Math.LOG2E + 0.5);
    const high = x - k * ln2High;
    const low = k * ln2Low;
    const r = high - low;
    const t = r * r;
    const c = r - t * (0.16666666666666602 + t * (-0.0027777777777015593 + t * (6613756321437934e-20 + t * (-16533902205465252e-22 + t * 41381367970572385e-24))));
    const y = 1 - (low - r * c / (2 - c) - high);
    const half = k >> 1;
    return y * powersOfTwo[half + 1074] * powersOfTwo[k - half + 1074];
  }
  function logarithm(x) {
    if (Number.isNaN(x) || x < 0) return Number.NaN;
    if (x === 0) return Number.NEGATIVE_INFINITY;
    if (x === Number.POSITIVE_INFINITY) return x;
    let k = exponentOf(x);
    let mantissa = scaledDown(x, k);
    if (mantissa > Math.SQRT2) {
      mantissa /= 2;
      k++;
    }
    const f = mantissa - 1;
    const s = f / (2 + f);
    const z2 = s * s;
    const w = z2 * z2;
    const even = w * (0.3999999999940942 + w * (0.22222198432149784 + w * 0.15313837699209373));
    const odd = z2 * (0.6666666666666735 + w * (0.2857142874366239 + w * (0.1818357216161805 + w * 0.14798198605116586)));
    const r = even + odd;
    const half = 0.5 * f * f;
    return k * ln2High - (half - (s * (half + r) + k * ln2Low) - f);
  }
  function exponentOf(x) {
    if (x >= 1 && x < 16) return x < 4 ? x < 2 ? 0 : 1 : x < 8 ? 2 : 3;
    let low = 0;
    let high = powersOfTwo.length - 1;
    while (low < high) {
      const middle = low + high + 1 >> 1;
      if (powersOfTwo[middle] <= x) low = middle;
      else high = middle - 1;
    }
    return low - 1074;
  }
  function scaledDown(x, k) {
    const half = k >> 1;
    return x / powersOfTwo[half + 1074] / powersOfTwo[k - half + 1074];
  }

  // shared/model/ensemble/target-transform.ts
  function restoredTarget(value, { cap }) {
    return Math.max(0, Math.min(cap, exponential2(value) - 1));
  }

  // shared/dataset/table/row-values.ts
  function wrongType(column, type, value) {
    return new TypeError(
      \`column \${column} of a row holds \${quote(value)} where a \${type} is expected; parse rows with parseRecord first\`
    );
  }
  function numberInRow(value, column, type) {
    if (value === null || value === void 0) return Number.NaN;
    if (type === "boolean") {
      if (typeof value === "boolean") return value ? 1 : 0;
    } else if (typeof value === "number") return value;
    throw wrongType(column, type, value);
  }
  function textInRow(value, column) {
    if (value === null || value === void 0) return null;
    if (typeof value === "string") return value;
    throw wrongType(column, "category", value);
  }

  // shared/site/browser/stand-ins/acorn.ts
  var expressions = /* @__PURE__ */ new Map();
  function keepExpression(text, parsed) {
    restoreNumbers(parsed);
    expressions.set(text, parsed);
  }
  function parseExpressionAt(text) {
    const parsed = expressions.get(text);
    if (!parsed) throw new SyntaxError(\`the expression \${text} came without its tree\`);
    return parsed;
  }
  function restoreNumbers(node) {
    if (typeof node !== "object" || node === null) return;
    if ("type" in node && node.type === "Literal" && "value" in node && "raw" in node) {
      if (node.value === null && node.raw !== "null") node.value = Number.POSITIVE_INFINITY;
      return;
    }
    for (const child of Object.values(node)) restoreNumbers(child);
  }

  // shared/dataset/derive/derive-syntax.ts
  var longest = 2e3;
  var deepest = 100;
  var quotedWhole = 100;
  var quotedAround = 40;
  function tooDeep(text) {
    let depth = 0;
    for (let i = 0; i < text.length; i++) {
      if ("([{".includes(text[i]) && ++depth > deepest) return i;
      if (")]}".includes(text[i])) depth--;
    }
    return -1;
  }
  function excerpt(text, offset) {
    if (text.length <= quotedWhole) return JSON.stringify(text);
    const from = Math.max(0, offset - quotedAround);
    const to = Math.min(text.length, offset + quotedAround);
    return JSON.stringify(\`\${from > 0 ? "…" : ""}\${text.slice(from, to)}\${to < text.length ? "…" : ""}\`);
  }
  function expressionError(site, offset, message) {
    return new ConfigurationError(
      \`\${site.where}: character \${offset + 1} of \${excerpt(site.text, offset)}: \${message}\`
    );
  }
  function parse(site) {
    const { text } = site;
    if (text.length > longest) {
      throw new ConfigurationError(
        \`\${site.where}: the expression has \${text.length} characters; at most \${longest} are read\`
      );
    }
    const deep = tooDeep(text);
    if (deep >= 0) throw expressionError(site, deep, \`brackets are nested deeper than \${deepest}\`);
    let body2;
    try {
      body2 = parseExpressionAt(text, 0, { ecmaVersion: 2023 });
    } catch (error) {
      const offset = error instanceof SyntaxError && "pos" in error ? Number(error.pos) : 0;
      const reason = messageOf(error).replace(/ \\(\\d+:\\d+\\)$/, "");
      throw expressionError(
        site,
        offset,
        \`\${reason}; write an expression such as "d => d.horsepower / d.weight"\`
      );
    }
    const rest = text.slice(body2.end).search(/\\S/);
    if (rest >= 0) {
      throw expressionError(site, body2.end + rest, "the expression is over before this; write one expression");
    }
    return body2;
  }
  function destructured(site, pattern4) {
    const columns = /* @__PURE__ */ new Map();
    if (pattern4.type !== "ObjectPattern") {
      throw expressionError(
        site,
        pattern4.start,
        'the parameter stands for the row; write "d => …" or "({ weight }) => …"'
      );
    }
    for (const property of pattern4.properties) {
      const key = property.type === "Property" ? property.key : void 0;
      const plain = property.type === "Property" && !property.computed && property.value.type === "Identifier";
      const name2 = key?.type === "Identifier" ? key.name : key?.type === "Literal" && typeof key.value === "string" ? key.value : void 0;
      if (!plain || property.value.type !== "Identifier" || name2 === void 0) {
        throw expressionError(
          site,
          property.start,
          'only plain column names can be taken out of the row: "({ weight }) => …"'
        );
      }
      columns.set(property.value.name, name2);
    }
    return columns;
  }
  function parseExpression(site) {
    const expression = parse(site);
    if (expression.type !== "ArrowFunctionExpression") {
      return { body: expression, row: "d", columns: /* @__PURE__ */ new Map() };
    }
    const { params, body: body2, async } = expression;
    if (async)
      throw expressionError(
        site,
        expression.start,
        "a derived column cannot wait for anything; leave out async"
      );
    if (body2.type === "BlockStatement") {
      throw expressionError(
        site,
        body2.start,
        "a block of statements is not read; write one expression after =>"
      );
    }
    const second2 = params[1];
    if (second2) throw expressionError(site, second2.start, "a second parameter is not given; only the row is");
    const [first] = params;
    if (!first) return { body: body2, row: void 0, columns: /* @__PURE__ */ new Map() };
    if (first.type === "Identifier") return { body: body2, row: first.name, columns: /* @__PURE__ */ new Map() };
    return { body: body2, row: void 0, columns: destructured(site, first) };
  }

  // shared/dataset/derive/derive-values.ts
  var longestText = 1e4;
  function boundedText(text) {
    return text.length > longestText ? null : text;
  }
  var articles = {
    number: "a number",
    category: "a text",
    boolean: "true or false",
    date: "a date",
    null: "always missing"
  };
  function describeType(type) {
    return articles[type];
  }
  function asNumber(term) {
    if (term.type === "null") return () => Number.NaN;
    return term.type === "category" ? void 0 : term.run;
  }
  function asText(term) {
    switch (term.type) {
      case "null":
        return () => null;
      case "category":
        return term.run;
      case "boolean": {
        const { run } = term;
        return (frame) => {
          const value = run(frame);
          return Number.isNaN(value) ? null : value === 1 ? "true" : "false";
        };
      }
      default: {
        const { run } = term;
        return (frame) => {
          const value = run(frame);
          return Number.isFinite(value) ? String(value) : null;
        };
      }
    }
  }

  // shared/dataset/derive/derive-arguments.ts
  function argumentsOf({ site, name: name2, node }, least, most2) {
    const { arguments: given } = node;
    if (given.length < least || given.length > most2) {
      const wanted = least === most2 ? counted(least, "argument") : most2 === Number.POSITIVE_INFINITY ? \`\${least} or more arguments\` : \`\${least} to \${most2} arguments\`;
      throw expressionError(site, node.start, \`\${name2} takes \${wanted}, not \${given.length}\`);
    }
    return given.map((argument) => {
      if (argument.type === "SpreadElement") {
        throw expressionError(site, argument.start, "write the arguments one by one, without ...");
      }
      return argument;
    });
  }
  function numberArgument(call, node) {
    const term = call.compile(node);
    const run = asNumber(term);
    if (run) return run;
    throw expressionError(
      call.site,
      node.start,
      \`\${call.name} takes a number, and this is \${describeType(term.type)}; op.parse_float reads a number from a text\`
    );
  }
  function dateArgument(call, node) {
    const term = call.compile(node);
    if (term.type === "date" || term.type === "number") return term.run;
    throw expressionError(
      call.site,
      node.start,
      \`\${call.name} takes a date, and this is \${describeType(term.type)}\`
    );
  }
  function textArgument(call, node) {
    const term = call.compile(node);
    if (term.type === "category") return term.run;
    throw expressionError(
      call.site,
      node.start,
      \`\${call.name} takes a text, and this is \${describeType(term.type)}\`
    );
  }

  // shared/dataset/derive/derive-functions.ts
  var unaryFunctions = new Map(
    Object.entries({
      abs: Math.abs,
      acos: Math.acos,
      acosh: Math.acosh,
      asin: Math.asin,
      asinh: Math.asinh,
      atan: Math.atan,
      atanh: Math.atanh,
      cbrt: Math.cbrt,
      ceil: Math.ceil,
      clz32: Math.clz32,
      cos: Math.cos,
      cosh: Math.cosh,
      degrees: (value) => 180 * value / Math.PI,
      exp: Math.exp,
      expm1: Math.expm1,
      floor: Math.floor,
      fround: Math.fround,
      log: Math.log,
      log10: Math.log10,
      log1p: Math.log1p,
      log2: Math.log2,
      radians: (value) => Math.PI * value / 180,
      round: Math.round,
      sign: Math.sign,
      sin: Math.sin,
      sinh: Math.sinh,
      sqrt: Math.sqrt,
      tan: Math.tan,
      tanh: Math.tanh,
      trunc: Math.trunc
    })
  );
  var binaryFunctions = new Map(
    Object.entries({ atan2: Math.atan2, pow: Math.pow })
  );
  var foldedFunctions = new Map(
    Object.entries({
      greatest: (a, b) => Math.max(a, b),
      least: (a, b) => Math.min(a, b)
    })
  );
  var dateFunctions = new Map(
    Object.entries({
      timestamp: (time) => time,
      utcyear: (time) => new Date(time).getUTCFullYear(),
      utcquarter: (time) => Math.floor(new Date(time).getUTCMonth() / 3),
      utcmonth: (time) => new Date(time).getUTCMonth(),
      utcdate: (time) => new Date(time).getUTCDate(),
      utcdayofyear: (time) => Math.floor(1 + (time - startOfYear(time)) / day),
      utcdayofweek: (time) => new Date(time).getUTCDay(),
      utchours: (time) => new Date(time).getUTCHours(),
      utcminutes: (time) => new Date(time).getUTCMinutes(),
      utcseconds: (time) => new Date(time).getUTCSeconds(),
      utcmilliseconds: (time) => new Date(time).getUTCMilliseconds()
    })
  );
  var textFunctions = new Map(
    Object.entries({
      lower: (text) => text.toLowerCase(),
      upper: (text) => text.toUpperCase(),
      trim: (text) => text.trim()
    })
  );
  var measureFunctions = new Map(
    Object.entries({
      length: (text) => text.length,
      parse_float: (text) => Number.parseFloat(text),
      parse_int: (text) => Number.parseInt(text, 10)
    })
  );
  var searchFunctions = new Map(
    Object.entries({
      startswith: { gives: "boolean", run: (text, s) => text.startsWith(s) ? 1 : 0 },
      endswith: { gives: "boolean", run: (text, s) => text.endsWith(s) ? 1 : 0 },
      includes: { gives: "boolean", run: (text, s) => text.includes(s) ? 1 : 0 },
      indexof: { gives: "number", run: (text, s) => text.indexOf(s) },
      lastindexof: { gives: "number", run: (text, s) => text.lastIndexOf(s) }
    })
  );
  var specialFunctions = [
    "bin",
    "is_finite",
    "is_nan",
    "normalize",
    "padend",
    "padstart",
    "parse_date",
    "repeat",
    "replace",
    "substring"
  ];
  var functionNames = [
    unaryFunctions,
    binaryFunctions,
    foldedFunctions,
    dateFunctions,
    textFunctions,
    measureFunctions,
    searchFunctions
  ].flatMap((family) => [...family.keys()]).concat(specialFunctions).sort();
  var aggregates = new Set(
    "any array_agg array_agg_distinct average bins corr count covariance covariancep distinct entries_agg invalid map_agg max mean median min mode object_agg product quantile stdev stdevp sum unique valid values variance variancep".split(" ")
  );
  var windows = new Set(
    "avg_rank cume_dist dense_rank fill_down fill_up first_value lag last_value lead nth_value ntile percent_rank rank row_number".split(" ")
  );
  var localDates = new Set(
    "date dayofweek dayofyear hours milliseconds minutes month quarter seconds year".split(" ")
  );
  function refusalOf(name2) {
    if (aggregates.has(name2)) {
      const twin = name2 === "max" || name2 === "min" ? \`; for the \${name2} within a row write Math.\${name2}\` : "";
      return \`op.\${name2} aggregates over rows, and a derived column sees only one row\${twin}\`;
    }
    if (windows.has(name2)) return \`op.\${name2} looks at other rows, and a derived column sees only one row\`;
    if (localDates.has(name2)) return \`op.\${name2} depends on the machine's time zone; write op.utc\${name2}\`;
    if (name2 === "equal") return "op.equal is written a === b here";
    if (name2 === "match" || name2 === "split") {
      return \`op.\${name2} gives a list, and a derived column holds one value; op.substring, op.indexof and op.replace take a text apart\`;
    }
    if (name2 === "random" || name2 === "now") return \`op.\${name2} gives something else in every run\`;
    return void 0;
  }

  // shared/dataset/derive/derive-text-call.ts
  function textCall(call) {
    const special = specialTextCalls.get(call.name);
    if (special) return special(call);
    const text = textFunctions.get(call.name);
    const measure = measureFunctions.get(call.name);
    const search = searchFunctions.get(call.name);
    if (!text && !measure && !search) return void 0;
    const [first, second2] = argumentsOf(call, search ? 2 : 1, search ? 2 : 1);
    const run = textArgument(call, first);
    if (search) {
      const sought = textArgument(call, second2);
      const found = (frame) => {
        const within = run(frame);
        const part = sought(frame);
        return within === null || part === null ? Number.NaN : search.run(within, part);
      };
      return { type: search.gives, run: found };
    }
    if (measure) {
      const measured = (frame) => {
        const value = run(frame);
        return value === null ? Number.NaN : measure(value);
      };
      return { type: "number", run: measured };
    }
    const changed = (frame) => {
      const value = run(frame);
      return value === null ? null : text(value);
    };
    return { type: "category", run: changed };
  }
  function substring(call) {
    const [node, from, to] = argumentsOf(call, 2, 3);
    const text = textArgument(call, node);
    const start = numberArgument(call, from);
    const end = to ? numberArgument(call, to) : () => Number.POSITIVE_INFINITY;
    const run = (frame) => {
      const value = text(frame);
      const first = start(frame);
      const last = end(frame);
      return value === null || Number.isNaN(first) || Number.isNaN(last) ? null : value.substring(first, last);
    };
    return { type: "category", run };
  }
  function replace(call) {
    const [text, sought, by] = argumentsOf(call, 3, 3).map((node) => textArgument(call, node));
    const run = (frame) => {
      const value = text(frame);
      const part = sought(frame);
      const other = by(frame);
      return value === null || part === null || other === null ? null : boundedText(value.replace(part, () => other));
    };
    return { type: "category", run };
  }
  function pad(call) {
    const [node, size2, fill2] = argumentsOf(call, 2, 3);
    const text = textArgument(call, node);
    const length = numberArgument(call, size2);
    const filling = fill2 ? textArgument(call, fill2) : () => " ";
    const run = (frame) => {
      const value = text(frame);
      const to = length(frame);
      const by = filling(frame);
      if (value === null || by === null || Number.isNaN(to) || to > longestText) return null;
      return call.name === "padstart" ? value.padStart(to, by) : value.padEnd(to, by);
    };
    return { type: "category", run };
  }
  function repeat(call) {
    const [node, count] = argumentsOf(call, 2, 2);
    const text = textArgument(call, node);
    const times = numberArgument(call, count);
    const run = (frame) => {
      const value = text(frame);
      const n = times(frame);
      if (value === null || !(n >= 0) || value.length * Math.floor(n) > longestText) return null;
      return value.repeat(n);
    };
    return { type: "category", run };
  }
  function normalize(call) {
    const [node] = argumentsOf(call, 1, 1);
    const text = textArgument(call, node);
    const run = (frame) => {
      const value = text(frame);
      return value === null ? null : boundedText(value.normalize());
    };
    return { type: "category", run };
  }
  function parseDate(call) {
    const [node] = argumentsOf(call, 1, 1);
    const text = textArgument(call, node);
    const run = (frame) => {
      const value = text(frame);
      return value === null ? Number.NaN : parseIsoDate(value.trim()) ?? Number.NaN;
    };
    return { type: "date", run };
  }
  var specialTextCalls = /* @__PURE__ */ new Map([
    ["normalize", normalize],
    ["padend", pad],
    ["padstart", pad],
    ["parse_date", parseDate],
    ["repeat", repeat],
    ["replace", replace],
    ["substring", substring]
  ]);

  // shared/dataset/derive/derive-call.ts
  function nameOf(callee) {
    if (callee.type === "Identifier") return callee.name;
    if (callee.type !== "MemberExpression" || callee.computed || callee.optional) return void 0;
    if (callee.object.type !== "Identifier" || callee.property.type !== "Identifier") return void 0;
    const { name: name2 } = callee.property;
    if (callee.object.name === "op") return name2;
    if (callee.object.name !== "Math") return void 0;
    return name2 === "max" ? "greatest" : name2 === "min" ? "least" : name2;
  }
  function mapNumber(run, apply) {
    return (frame) => {
      const value = run(frame);
      return Number.isNaN(value) ? value : apply(value);
    };
  }
  function numberCall(call) {
    const unary = unaryFunctions.get(call.name);
    if (unary) {
      const [node] = argumentsOf(call, 1, 1);
      return { type: "number", run: mapNumber(numberArgument(call, node), unary) };
    }
    const date = dateFunctions.get(call.name);
    if (date) {
      const [node] = argumentsOf(call, 1, 1);
      return { type: "number", run: mapNumber(dateArgument(call, node), date) };
    }
    const binary = binaryFunctions.get(call.name);
    const fold = binary ?? foldedFunctions.get(call.name);
    if (!fold) return void 0;
    const given = argumentsOf(call, binary ? 2 : 1, binary ? 2 : Number.POSITIVE_INFINITY);
    const run = given.map((node) => numberArgument(call, node)).reduce((left2, right2) => (frame) => {
      const a = left2(frame);
      const b = right2(frame);
      return Number.isNaN(a) || Number.isNaN(b) ? Number.NaN : fold(a, b);
    });
    return { type: "number", run };
  }
  function bin(call) {
    const [value, min, max, step] = argumentsOf(call, 4, 4).map((node) => numberArgument(call, node));
    const run = (frame) => {
      const x = value(frame);
      const low = min(frame);
      const width2 = step(frame);
      return x >= low && x <= max(frame) ? low + width2 * Math.floor(1e-14 + (x - low) / width2) : Number.NaN;
    };
    return { type: "number", run };
  }
  function specialCall(call) {
    switch (call.name) {
      case "bin":
        return bin(call);
      case "is_nan":
      case "is_finite": {
        const value = numberArgument(call, argumentsOf(call, 1, 1)[0]);
        const finite = call.name === "is_finite";
        const run = (frame) => (finite ? Number.isFinite(value(frame)) : Number.isNaN(value(frame))) ? 1 : 0;
        return { type: "boolean", run };
      }
      default:
        return void 0;
    }
  }
  function compileCall(site, node, compile) {
    const name2 = nameOf(node.callee);
    if (name2 === void 0 || node.optional) {
      throw expressionError(
        site,
        node.callee.start,
        "only functions such as op.sqrt(…) or Math.round(…) can be called"
      );
    }
    const call = { site, name: name2, node, compile };
    const term = numberCall(call) ?? textCall(call) ?? specialCall(call);
    if (term) return term;
    const reason = refusalOf(name2) ?? \`no function \${name2} for derived columns\${didYouMean(name2, functionNames) || \`; there are \${functionNames.join(", ")}\`}\`;
    throw expressionError(site, node.callee.start, reason);
  }

  // shared/dataset/derive/derive-leaves.ts
  var constants = /* @__PURE__ */ new Map([
    ["NaN", Number.NaN],
    ["Infinity", Number.POSITIVE_INFINITY],
    ["E", Math.E],
    ["LN2", Math.LN2],
    ["LN10", Math.LN10],
    ["LOG2E", Math.LOG2E],
    ["LOG10E", Math.LOG10E],
    ["PI", Math.PI],
    ["SQRT1_2", Math.SQRT1_2],
    ["SQRT2", Math.SQRT2]
  ]);
  function fail(scope, node, message) {
    return expressionError(scope.site, node.start, message);
  }
  function readColumn(scope, node, name2) {
    return scope.column(name2, (message) => fail(scope, node, message));
  }
  function constant(value) {
    return { type: "number", run: () => value };
  }
  function compileLiteral(scope, node) {
    const { value } = node;
    if (value === null && !node.regex) return { type: "null" };
    if (typeof value === "number") return constant(value);
    if (typeof value === "string") return { type: "category", run: () => value };
    if (typeof value === "boolean") return { type: "boolean", run: () => value ? 1 : 0 };
    const what = node.regex ? "regular expressions are" : \`\${node.raw} is\`;
    throw fail(scope, node, \`\${what} not read; write numbers, texts, true, false or null\`);
  }
  function compileIdentifier(scope, node) {
    const column = scope.parsed.columns.get(node.name);
    if (column !== void 0) return readColumn(scope, node, column);
    if (node.name === scope.parsed.row) {
      throw fail(scope, node, \`\${node.name} is the whole row; name a column: \${node.name}.weight\`);
    }
    if (node.name === "undefined") return { type: "null" };
    const value = constants.get(node.name);
    if (value !== void 0) return constant(value);
    const row = scope.parsed.row ?? "d";
    throw fail(scope, node, \`nothing is called \${node.name} here; a column is written \${row}.\${node.name}\`);
  }
  function compileMember(scope, node) {
    const { object, property } = node;
    const plain = !node.computed && property.type === "Identifier" ? property.name : void 0;
    if (object.type === "Identifier" && object.name === "Math" && scope.parsed.row !== "Math") {
      const value = plain === void 0 ? void 0 : constants.get(plain);
      if (value !== void 0) return constant(value);
      throw fail(
        scope,
        node,
        \`Math.\${plain ?? "[…]"} is not a constant; there are Math.PI, Math.E and the like\`
      );
    }
    if (object.type !== "Identifier" || object.name !== scope.parsed.row) {
      throw fail(scope, node, "only columns of the row have names after a dot; a value has no properties here");
    }
    if (plain !== void 0) return readColumn(scope, node, plain);
    if (property.type === "Literal" && typeof property.value === "string")
      return readColumn(scope, node, property.value);
    throw fail(
      scope,
      property,
      \`a column is named outright: \${object.name}["gross weight"], not by an expression\`
    );
  }
  function compileLeaf(scope, node) {
    switch (node.type) {
      case "Literal":
        return compileLiteral(scope, node);
      case "Identifier":
        return compileIdentifier(scope, node);
      case "MemberExpression":
        return compileMember(scope, node);
      default:
        return void 0;
    }
  }

  // shared/dataset/derive/derive-operators.ts
  var arithmetic = /* @__PURE__ */ new Map([
    ["+", (a, b) => a + b],
    ["-", (a, b) => a - b],
    ["*", (a, b) => a * b],
    ["/", (a, b) => a / b],
    ["%", (a, b) => a % b],
    // A missing operand is missing even where JavaScript's NaN ** 0 is 1.
    ["**", (a, b) => Number.isNaN(a) ? a : a ** b]
  ]);
  var comparisons = /* @__PURE__ */ new Map([
    ["<", (a, b) => a < b],
    ["<=", (a, b) => a <= b],
    [">", (a, b) => a > b],
    [">=", (a, b) => a >= b]
  ]);
  var equalities = /* @__PURE__ */ new Map([
    ["==", true],
    ["===", true],
    ["!=", false],
    ["!==", false]
  ]);
  function truth(value) {
    return value ? 1 : 0;
  }
  function arithmeticType(operator, left2, right2) {
    if (operator === "+" && left2.type === "date" !== (right2.type === "date")) return "date";
    return operator === "-" && left2.type === "date" && right2.type !== "date" ? "date" : "number";
  }
  function compileArithmetic(operator, left2, right2) {
    if (operator === "+" && (left2.type === "category" || right2.type === "category")) {
      const a2 = asText(left2);
      const b2 = asText(right2);
      const run = (frame) => {
        const start = a2(frame);
        const end = b2(frame);
        return start === null || end === null ? null : boundedText(start + end);
      };
      return { type: "category", run };
    }
    const apply = arithmetic.get(operator);
    const a = asNumber(left2);
    const b = asNumber(right2);
    if (!a || !b)
      return \`\${operator} needs two numbers, and one side is a text; op.parse_float reads a number from a text\`;
    return { type: arithmeticType(operator, left2, right2), run: (frame) => apply(a(frame), b(frame)) };
  }
  function compileComparison(operator, left2, right2) {
    const apply = comparisons.get(operator);
    if (left2.type === "category" && right2.type === "category") {
      const run2 = (frame) => {
        const a2 = left2.run(frame);
        const b2 = right2.run(frame);
        return a2 === null || b2 === null ? Number.NaN : truth(apply(a2 < b2 ? -1 : a2 > b2 ? 1 : 0, 0));
      };
      return { type: "boolean", run: run2 };
    }
    const a = asNumber(left2);
    const b = asNumber(right2);
    if (!a || !b)
      return \`\${operator} compares two numbers, two dates or two texts, and these are of different types\`;
    const run = (frame) => {
      const x = a(frame);
      const y = b(frame);
      return Number.isNaN(x) || Number.isNaN(y) ? Number.NaN : truth(apply(x, y));
    };
    return { type: "boolean", run };
  }
  function missingTest(term, equal) {
    if (term.type === "null") return { type: "boolean", run: () => truth(equal) };
    if (term.type === "category") {
      const { run: run2 } = term;
      return { type: "boolean", run: (frame) => truth(run2(frame) === null === equal) };
    }
    const { run } = term;
    return { type: "boolean", run: (frame) => truth(Number.isNaN(run(frame)) === equal) };
  }
  function compileEquality(equal, left2, right2) {
    if (left2.type === "null") return missingTest(right2, equal);
    if (right2.type === "null") return missingTest(left2, equal);
    if (left2.type === "category" && right2.type === "category") {
      const run2 = (frame) => {
        const a2 = left2.run(frame);
        const b2 = right2.run(frame);
        return a2 === null || b2 === null ? Number.NaN : truth(a2 === b2 === equal);
      };
      return { type: "boolean", run: run2 };
    }
    if (left2.type === "category" || right2.type === "category" || left2.type === "boolean" !== (right2.type === "boolean")) {
      return \`the two sides are of different types, so they are never equal\`;
    }
    const a = left2.run;
    const b = right2.run;
    const run = (frame) => {
      const x = a(frame);
      const y = b(frame);
      return Number.isNaN(x) || Number.isNaN(y) ? Number.NaN : truth(x === y === equal);
    };
    return { type: "boolean", run };
  }
  function compileBinary(operator, left2, right2) {
    if (arithmetic.has(operator)) return compileArithmetic(operator, left2, right2);
    if (comparisons.has(operator)) return compileComparison(operator, left2, right2);
    const equality = equalities.get(operator);
    return equality === void 0 ? void 0 : compileEquality(equality, left2, right2);
  }
  function compileLogic(operator, left2, right2) {
    const a = left2.type === "boolean" || left2.type === "null" ? asNumber(left2) : void 0;
    const b = right2.type === "boolean" || right2.type === "null" ? asNumber(right2) : void 0;
    if (!a || !b)
      return \`\${operator} needs true or false on both sides; write a comparison such as d.weight > 0, or ?? for a fallback\`;
    const decides = operator === "&&" ? 0 : 1;
    const run = (frame) => {
      const first = a(frame);
      if (first === decides) return decides;
      const second2 = b(frame);
      return second2 === decides ? decides : Number.isNaN(first) ? first : second2;
    };
    return { type: "boolean", run };
  }
  function commonType(a, b) {
    if (a.type === b.type || b.type === "null") return a.type;
    return a.type === "null" ? b.type : void 0;
  }
  function compileChoice(first, second2, chosen) {
    const type = commonType(first, second2);
    if (type === void 0 || type === "null") return type && { type };
    if (type === "category") {
      const a2 = asText(first);
      const b2 = asText(second2);
      return {
        type,
        run: (frame) => {
          const which = chosen(frame);
          return which === "first" ? a2(frame) : which === "second" ? b2(frame) : null;
        }
      };
    }
    const a = asNumber(first);
    const b = asNumber(second2);
    return {
      type,
      run: (frame) => {
        const which = chosen(frame);
        return which === "first" ? a(frame) : which === "second" ? b(frame) : Number.NaN;
      }
    };
  }

  // shared/dataset/derive/derive-compile.ts
  var refusals = /* @__PURE__ */ new Map([
    ["AssignmentExpression", "assignments are not read; to compare write ==="],
    ["UpdateExpression", "assignments are not read"],
    ["ArrowFunctionExpression", "functions inside an expression are not read"],
    ["FunctionExpression", 'write the expression as an arrow: "d => …"'],
    ["ArrayExpression", "lists are not values of a column"],
    ["ObjectExpression", "objects are not values of a column"],
    ["NewExpression", '"new" is not read'],
    ["ThisExpression", '"this" is not read'],
    ["ImportExpression", "nothing can be imported"],
    ["MetaProperty", "nothing can be imported"],
    ["TaggedTemplateExpression", "a template cannot be given to a function"],
    ["ChainExpression", "?. is not needed: what is computed from a missing value is missing"],
    ["SequenceExpression", "write one expression, without commas"]
  ]);
  function compileUnary(scope, node) {
    const { operator } = node;
    if (operator !== "-" && operator !== "+" && operator !== "!") {
      throw fail(scope, node, \`the operator \${operator} is not read; there are -, + and !\`);
    }
    const term = compileNode(scope, node.argument);
    const run = asNumber(term);
    if (operator === "!") {
      if (!run || term.type !== "boolean" && term.type !== "null") {
        throw fail(scope, node.argument, \`! needs true or false, and this is \${describeType(term.type)}\`);
      }
      return { type: "boolean", run: (frame) => 1 - run(frame) };
    }
    if (!run)
      throw fail(
        scope,
        node.argument,
        \`\${operator} needs a number, and this is a text; write op.parse_float(…)\`
      );
    return { type: "number", run: operator === "-" ? (frame) => -run(frame) : run };
  }
  function compileOperator(scope, node) {
    if (node.left.type === "PrivateIdentifier") throw fail(scope, node, "private names are not read");
    const term = compileBinary(node.operator, compileNode(scope, node.left), compileNode(scope, node.right));
    if (typeof term === "object") return term;
    throw fail(
      scope,
      node,
      term ?? \`the operator \${node.operator} is not read; there are + - * / % **, comparisons, && || ?? and ? :\`
    );
  }
  function compileTemplate(scope, node) {
    const texts = node.quasis.map((quasi) => quasi.value.cooked ?? "");
    const terms = node.expressions.map((expression) => asText(compileNode(scope, expression)));
    return {
      type: "category",
      run: (frame) => {
        let text = texts[0];
        for (let i = 0; i < terms.length; i++) {
          const part = terms[i](frame);
          if (part === null) return null;
          text += part + texts[i + 1];
        }
        return boundedText(text);
      }
    };
  }
  function compileConditional(scope, node) {
    const test = compileNode(scope, node.test);
    if (test.type !== "boolean") {
      throw fail(
        scope,
        node.test,
        \`the condition before ? must be true or false, and this is \${describeType(test.type)}\`
      );
    }
    const first = compileNode(scope, node.consequent);
    const second2 = compileNode(scope, node.alternate);
    const term = compileChoice(first, second2, (frame) => {
      const value = test.run(frame);
      return value === 1 ? "first" : value === 0 ? "second" : "neither";
    });
    if (term) return term;
    throw fail(
      scope,
      node,
      \`both sides of : must be of one type; here are \${describeType(first.type)} and \${describeType(second2.type)}\`
    );
  }
  function compileFallback(scope, node) {
    const first = compileNode(scope, node.left);
    const second2 = compileNode(scope, node.right);
    if (node.operator !== "??") {
      const term2 = compileLogic(node.operator, first, second2);
      if (typeof term2 === "object") return term2;
      throw fail(scope, node, term2);
    }
    const present = first.type === "category" ? first.run : asNumber(first);
    const term = compileChoice(first, second2, (frame) => {
      const value = present(frame);
      return value === null || Number.isNaN(value) ? "second" : "first";
    });
    if (term) return term;
    throw fail(
      scope,
      node,
      \`both sides of ?? must be of one type; here are \${describeType(first.type)} and \${describeType(second2.type)}\`
    );
  }
  function compileNode(scope, node) {
    const leaf = compileLeaf(scope, node);
    if (leaf) return leaf;
    switch (node.type) {
      case "UnaryExpression":
        return compileUnary(scope, node);
      case "BinaryExpression":
        return compileOperator(scope, node);
      case "LogicalExpression":
        return compileFallback(scope, node);
      case "ConditionalExpression":
        return compileConditional(scope, node);
      case "TemplateLiteral":
        return compileTemplate(scope, node);
      case "CallExpression":
        return compileCall(scope.site, node, (argument) => compileNode(scope, argument));
      default:
        throw fail(scope, node, refusals.get(node.type) ?? \`\${node.type} is not read in a derived column\`);
    }
  }
  function compileExpression(site, column) {
    const parsed = parseExpression(site);
    return compileNode({ site, parsed, column }, parsed.body);
  }

  // shared/dataset/derive/derive-plan.ts
  function finiteTerm(term, type) {
    const { run } = term;
    const limit = type === "date" ? largestTime : Number.MAX_VALUE;
    return {
      type,
      run: (frame) => {
        const value = run(frame);
        return Math.abs(value) <= limit ? value + 0 : Number.NaN;
      }
    };
  }
  function convert(site, term, wanted) {
    const type = wanted ?? (term.type === "null" ? "number" : term.type);
    let converted;
    if (term.type === "null") {
      throw new ConfigurationError(\`\${site.where}: \${JSON.stringify(site.text)} is missing in every row\`);
    }
    if (type === "category" && term.type !== "date") converted = { type, run: asText(term) };
    else if (type === "boolean" && term.type === "boolean") converted = term;
    else if (type === "number" && term.type !== "category") converted = finiteTerm(term, type);
    else if (type === "date" && (term.type === "date" || term.type === "number"))
      converted = finiteTerm(term, type);
    if (!converted || converted.type === "null") {
      throw new ConfigurationError(
        \`\${site.where}: \${JSON.stringify(site.text)} gives \${describeType(term.type)}, but the column is declared as a \${type}\`
      );
    }
    return converted;
  }
  function readSlot(slot, type) {
    if (type === "category") return { type, run: (frame) => frame.texts[slot] };
    return { type, run: (frame) => frame.numbers[slot] };
  }
  function planDerivations(columns, derivations, where, refusal = () => void 0) {
    const slots = [...columns];
    const derived = [];
    for (const { name: name2, expression, type } of derivations) {
      const site = { where: where(name2), text: expression };
      if (slots.some((slot2) => slot2.name === name2) || refusal(name2) !== void 0) {
        throw new ConfigurationError(
          \`\${site.where}: there is a column \${name2} already; give the derived one another name\`
        );
      }
      const reads = /* @__PURE__ */ new Set();
      const term = compileExpression(site, (used, fail2) => {
        const slot2 = slots.findIndex((candidate) => candidate.name === used);
        if (slot2 >= 0) {
          reads.add(slot2);
          return readSlot(slot2, slots[slot2].type);
        }
        const later = derivations.some((other) => other.name === used);
        const names2 = slots.map((candidate) => candidate.name);
        throw fail2(
          refusal(used) ?? (later ? \`\${used} is derived later or here itself; a derived column may use those declared before it\` : \`there is no column \${used}\${didYouMean(used, names2) || \`; there are \${listNames(names2)}\`}\`)
        );
      });
      const converted = convert(site, term, type);
      const slot = slots.push({ name: name2, type: converted.type }) - 1;
      derived.push({ name: name2, expression, type: converted.type, term: converted, reads: [...reads], slot });
    }
    return { slots, derived };
  }
  function frameOf(plan) {
    return {
      numbers: new Float64Array(plan.slots.length).fill(Number.NaN),
      texts: plan.slots.map(() => null)
    };
  }
  function frameValue(type, frame, slot) {
    if (type === "category") return frame.texts[slot];
    const value = frame.numbers[slot];
    if (Number.isNaN(value)) return null;
    return type === "boolean" ? value === 1 : value;
  }
  function runDerived({ term, slot }, frame) {
    if (term.type === "category") frame.texts[slot] = term.run(frame);
    else frame.numbers[slot] = term.run(frame);
  }
  function compileRowDerivation(plan) {
    const frame = frameOf(plan);
    const raw = plan.slots.length - plan.derived.length;
    const reads = [...new Set(plan.derived.flatMap((column) => column.reads))].filter((slot) => slot < raw);
    const values = plan.derived.map(() => null);
    return (row) => {
      for (const slot of reads) {
        const { name: name2, type } = plan.slots[slot];
        if (type === "category") frame.texts[slot] = textInRow(row[name2], name2);
        else frame.numbers[slot] = numberInRow(row[name2], name2, type);
      }
      for (let i = 0; i < plan.derived.length; i++) {
        const column = plan.derived[i];
        runDerived(column, frame);
        values[i] = frameValue(column.type, frame, column.slot);
      }
      return values;
    };
  }

  // shared/dataset/derive/derive.ts
  function frameFiller(column, slot, frame) {
    const { numbers: numbers2, texts } = frame;
    switch (column.type) {
      case "category": {
        const { codes, dictionary } = column;
        return (row) => {
          const code2 = codes[row];
          texts[slot] = code2 < 0 ? null : dictionary[code2];
        };
      }
      case "boolean": {
        const { values } = column;
        return (row) => {
          const value = values[row];
          numbers2[slot] = value < 0 ? Number.NaN : value;
        };
      }
      default: {
        const { values } = column;
        return (row) => {
          numbers2[slot] = values[row];
        };
      }
    }
  }
  function collector(derived, rows, frame) {
    const { type, slot } = derived;
    if (type === "category") {
      const codes = new Int32Array(rows);
      const known = new Numbering();
      const store2 = (row) => {
        const text = frame.texts[slot];
        codes[row] = text === null ? -1 : known.of(text);
      };
      return [{ type, codes, dictionary: known.values }, store2];
    }
    if (type === "boolean") {
      const values2 = new Int8Array(rows);
      const store2 = (row) => {
        const value = frame.numbers[slot];
        values2[row] = Number.isNaN(value) ? -1 : value;
      };
      return [{ type, values: values2 }, store2];
    }
    const values = new Float64Array(rows);
    const store = (row) => {
      values[row] = frame.numbers[slot];
    };
    return [{ type, values }, store];
  }
  function deriveColumns(table2, plan) {
    if (plan.derived.length === 0) return table2;
    const columns = new Map(table2.columns);
    const frame = frameOf(plan);
    for (const derived of plan.derived) {
      const fillers = derived.reads.map(
        (slot) => frameFiller(columnOf({ rows: table2.rows, columns }, plan.slots[slot].name), slot, frame)
      );
      const [column, store] = collector(derived, table2.rows, frame);
      for (let row = 0; row < table2.rows; row++) {
        for (let f = 0; f < fillers.length; f++) fillers[f](row);
        runDerived(derived, frame);
        store(row);
      }
      columns.set(derived.name, column);
    }
    return { rows: table2.rows, columns };
  }

  // shared/dataset/derive/exchange-column.ts
  function derivedFrom(name2, { slots, derived }) {
    if (derived.length === 0) return [];
    const changed = /* @__PURE__ */ new Set([slots.findIndex((slot) => slot.name === name2)]);
    return derived.filter(({ reads, slot }) => {
      const isChanged = reads.some((read) => changed.has(read));
      if (isChanged) changed.add(slot);
      return isChanged;
    });
  }
  function createExchange(table2, plan, write) {
    const { rows } = table2;
    const complete = deriveColumns(table2, plan);
    let exchanged;
    const writeAll = (name2, from) => {
      write(name2, from);
      for (const derived of derivedFrom(name2, plan)) write(derived.name, from);
    };
    const withColumn = (name2, column) => {
      const derived = derivedFrom(name2, plan);
      if (derived.length === 0) return { rows, columns: /* @__PURE__ */ new Map([[name2, column]]) };
      const columns = new Map(complete.columns).set(name2, column);
      return deriveColumns({ rows, columns }, { slots: plan.slots, derived });
    };
    return (name2, column) => {
      if (exchanged !== void 0 && exchanged !== name2) writeAll(exchanged, complete);
      writeAll(name2, withColumn(name2, column));
      exchanged = name2;
    };
  }

  // shared/dataset/recipe/recipe-blocks.ts
  function bindNumbers(encoder, column, width2) {
    const { kernel } = encoder;
    if (column.type === "category") throw new RangeError("numbers cannot be read from a category column");
    if (column.type === "boolean") {
      const { values: values2 } = column;
      return (from, to, out, at) => {
        let place = at;
        for (let row = from; row < to; row++, place += width2) {
          const value = values2[row];
          kernel(value < 0 ? Number.NaN : value, out, place);
        }
      };
    }
    const { values } = column;
    return (from, to, out, at) => {
      let place = at;
      for (let row = from; row < to; row++, place += width2) kernel(values[row], out, place);
    };
  }
  function bindCategories(encoder, column, width2) {
    if (column.type !== "category")
      throw new RangeError(\`categories cannot be read from a \${column.type} column\`);
    const { codes, dictionary } = column;
    const placements = [encoder.place(null), ...dictionary.map((category) => encoder.place(category))];
    const inputs = Int32Array.from(placements, ({ input: input2 }) => input2);
    const values = Float32Array.from(placements, ({ value }) => value);
    const { indicator } = encoder;
    return (from, to, out, at) => {
      let place = at;
      for (let row = from; row < to; row++, place += width2) {
        const code2 = codes[row] + 1;
        const input2 = inputs[code2];
        if (input2 >= 0) out[place + input2] = values[code2];
        if (code2 === 0 && indicator >= 0) out[place + indicator] = 1;
      }
    };
  }
  function clearInputs(inputs, start, count, width2) {
    for (let place = start; place < inputs.length; place += width2) inputs.fill(0, place, place + count);
  }

  // shared/platform/hash.ts
  function mixWord(hash, word2) {
    let k = Math.imul(word2, 3432918353);
    k = k << 15 | k >>> 17;
    let h = hash ^ Math.imul(k, 461845907);
    h = h << 13 | h >>> 19;
    return Math.imul(h, 5) + 3864292196 | 0;
  }
  function finishHash(hash) {
    let h = hash ^ hash >>> 16;
    h = Math.imul(h, 2246822507);
    h ^= h >>> 13;
    h = Math.imul(h, 3266489909);
    return (h ^ h >>> 16) >>> 0;
  }
  function hashString(text, seed) {
    let h = seed | 0;
    for (let i = 0; i < text.length; i++) h = mixWord(h, text.charCodeAt(i));
    return finishHash(mixWord(h, text.length));
  }

  // shared/config/sections/published-rows.ts
  var fewestPublishedRows = 5;

  // shared/dataset/statistics/published-bounds.ts
  var reach = 2 * fewestPublishedRows;

  // shared/dataset/statistics/published-values.ts
  var reach2 = 2 * fewestPublishedRows;

  // shared/dataset/recipe/pieces.ts
  function pieceNames(edges) {
    return edges.slice(1).map((edge, bin2) => \`\${edges[bin2]} to \${edge}\`);
  }
  function compilePieces(edges) {
    const stray = edges.findIndex((edge, i) => i > 0 && !(edges[i - 1] < edge));
    if (stray > 0) {
      throw new RangeError(
        \`the edges of a piecewise-linear encoding must rise, and \${edges[stray]} follows \${edges[stray - 1]}\`
      );
    }
    const bins = edges.length - 1;
    const unit = Number.isFinite(edges[bins] - edges[0]) ? 1 : 0.5;
    const scaled = Float64Array.from(edges, (edge) => edge * unit);
    return (value, out, at) => {
      const point = value * unit;
      for (let bin2 = 0; bin2 < bins; bin2++) {
        const low = scaled[bin2];
        const high = scaled[bin2 + 1];
        if (!(point > low)) return;
        out[at + bin2] = point >= high ? 1 : (point - low) / (high - low);
      }
    };
  }

  // shared/dataset/recipe/scaling.ts
  var epsilon = 2 ** -52;
  var largest = 34028234663852886e22;
  function divisor(value) {
    return value < 10 * epsilon ? 1 : value;
  }
  function compileScaling(scaling) {
    switch (scaling.type) {
      case "none":
        return bounded;
      case "standard": {
        const { mean, deviation } = scaling;
        return (value) => bounded((value - mean) / deviation);
      }
      case "robust": {
        const { median, iqr } = scaling;
        return (value) => bounded((value - median) / iqr);
      }
      case "min-max": {
        const factor = 1 / divisor(Math.min(scaling.max - scaling.min, Number.MAX_VALUE));
        const offset = -scaling.min * factor;
        return (value) => bounded(value * factor + offset);
      }
    }
  }
  function bounded(value) {
    return value > largest ? largest : value < -largest ? -largest : value;
  }

  // shared/dataset/recipe/transform.ts
  function compileTransform(transform) {
    switch (transform.type) {
      case "none":
        return (value) => value;
      case "log":
        return (value) => value > 0 ? Math.log(value) : Number.NaN;
      case "log1p":
        return (value) => value > -1 ? Math.log1p(value) : Number.NaN;
      case "sqrt":
        return (value) => value >= 0 ? Math.sqrt(value) : Number.NaN;
      case "clip": {
        const { low, high } = transform;
        return (value) => Math.min(Math.max(value, low), high);
      }
    }
  }

  // shared/dataset/recipe/recipe-encoders.ts
  var nowhere = { input: -1, value: 0 };
  function withIndicator(column, names2, indicator) {
    return indicator ? [...names2, \`\${column} (missing)\`] : [...names2];
  }
  function compileShape({
    scaling,
    bound = Number.POSITIVE_INFINITY,
    pieces
  }) {
    const scale = compileScaling(scaling);
    const writePieces = pieces && compilePieces(pieces);
    return {
      names: pieces ? pieceNames(pieces) : [],
      kernel: (value, out, at) => {
        const scaled = scale(value);
        out[at] = scaled > bound ? bound : scaled < -bound ? -bound : scaled;
        writePieces?.(value, out, at + 1);
      }
    };
  }
  function encodeNumber(feature2) {
    const transform = compileTransform(feature2.transform);
    const shape = compileShape(feature2);
    const imputed = transform(feature2.impute);
    if (Number.isNaN(imputed)) {
      throw new RangeError(
        \`the recipe imputes \${feature2.column} with \${feature2.impute}, which \${feature2.transform.type} cannot take\`
      );
    }
    const kernel = (value, out, at) => {
      const transformed = transform(value);
      shape.kernel(Number.isNaN(transformed) ? imputed : transformed, out, at);
    };
    const { column } = feature2;
    const own = [column, ...shape.names.map((name2) => \`\${column} (\${name2})\`)];
    const names2 = withIndicator(column, own, feature2.indicator);
    if (!feature2.indicator) return { kind: "numbers", names: names2, kernel };
    return {
      kind: "numbers",
      names: names2,
      kernel: (value, out, at) => {
        kernel(value, out, at);
        if (Number.isNaN(transform(value))) out[at + own.length] = 1;
      }
    };
  }
  function encodeBoolean(feature2) {
    const imputed = feature2.impute ? 1 : 0;
    const { indicator } = feature2;
    return {
      kind: "numbers",
      names: withIndicator(feature2.column, [feature2.column], indicator),
      kernel: (value, out, at) => {
        const missing = Number.isNaN(value);
        out[at] = missing ? imputed : value;
        if (missing && indicator) out[at + 1] = 1;
      }
    };
  }
  function encodePart(part) {
    if ("scaling" in part) {
      const read = linearParts[part.part];
      const shape = compileShape(part);
      return {
        names: [part.part, ...shape.names.map((name2) => \`\${part.part} \${name2}\`)],
        kernel: (time, out, at) => shape.kernel(read(time), out, at)
      };
    }
    const { step, steps } = cyclicParts[part.part];
    const sines = /* @__PURE__ */ new Map();
    return {
      names: [\`\${part.part} sine\`, \`\${part.part} cosine\`],
      kernel: (time, out, at) => {
        const cycle = steps(time);
        let table2 = sines.get(cycle);
        if (!table2) {
          table2 = sinesAndCosines(cycle);
          sines.set(cycle, table2);
        }
        const place = 2 * step(time);
        out[at] = table2[place];
        out[at + 1] = table2[place + 1];
      }
    };
  }
  function sinesAndCosines(steps) {
    const angles = Array.from({ length: steps }, (_, step) => 2 * Math.PI * step / steps);
    return Float64Array.from(angles.flatMap((angle) => [Math.sin(angle), Math.cos(angle)]));
  }
  function encodeDate(feature2) {
    const parts = feature2.parts.map(encodePart);
    const starts = parts.map((_, i) => parts.slice(0, i).reduce((sum, part) => sum + part.names.length, 0));
    const names2 = parts.flatMap((part) => part.names.map((name2) => \`\${feature2.column} (\${name2})\`));
    const { impute, indicator } = feature2;
    return {
      kind: "numbers",
      names: withIndicator(feature2.column, names2, indicator),
      kernel: (value, out, at) => {
        const held = Math.abs(value) <= largestTime;
        const time = held ? value : impute;
        for (let i = 0; i < parts.length; i++) parts[i].kernel(time, out, at + starts[i]);
        if (!held && indicator) out[at + names2.length] = 1;
      }
    };
  }
  function encodeOneHot(feature2) {
    const names2 = feature2.categories.map((category) => \`\${feature2.column}=\${category}\`);
    const places = new Map(feature2.categories.map((category, input2) => [category, { input: input2, value: 1 }]));
    const other = feature2.other ? { input: names2.length, value: 1 } : nowhere;
    if (feature2.other) names2.push(\`\${feature2.column} (other)\`);
    const place = (category) => {
      const known = category ?? feature2.impute;
      return known === null ? nowhere : places.get(known) ?? other;
    };
    return categoryEncoder(feature2.column, names2, feature2.indicator, place);
  }
  function categoryEncoder(column, names2, indicator, place) {
    return {
      kind: "categories",
      names: withIndicator(column, names2, indicator),
      place,
      indicator: indicator ? names2.length : -1
    };
  }
  function encodeOrdinal(feature2) {
    const scale = compileScaling(feature2.scaling);
    const places = new Map(feature2.levels.map((level, i) => [level, { input: 0, value: scale(i) }]));
    const unseen = { input: 0, value: scale(-1) };
    const missing = { input: 0, value: scale(feature2.levels.length) };
    const place = (category) => {
      const known = category ?? feature2.impute;
      return known === null ? missing : places.get(known) ?? unseen;
    };
    return categoryEncoder(feature2.column, [feature2.column], feature2.indicator, place);
  }
  function encodeHash(feature2) {
    const { buckets, seed } = feature2;
    const names2 = Array.from({ length: buckets }, (_, i) => \`\${feature2.column} #\${i}\`);
    const place = (category) => {
      const known = category ?? feature2.impute;
      if (known === null) return nowhere;
      const sign = hashString(known, ~seed) & 1 ? -1 : 1;
      return { input: hashString(known, seed) % buckets, value: sign };
    };
    return categoryEncoder(feature2.column, names2, feature2.indicator, place);
  }

  // shared/dataset/recipe/recipe-runner.ts
  var widest = 262144;
  var blockRows = 512;
  function encoderOf(feature2) {
    switch (feature2.kind) {
      case "number":
        return encodeNumber(feature2);
      case "boolean":
        return encodeBoolean(feature2);
      case "date":
        return encodeDate(feature2);
      case "one-hot":
        return encodeOneHot(feature2);
      case "ordinal":
        return encodeOrdinal(feature2);
      case "hash":
        return encodeHash(feature2);
    }
  }
  var readTypes = {
    number: "number",
    boolean: "boolean",
    date: "date",
    "one-hot": "category",
    ordinal: "category",
    hash: "category"
  };
  function compileRecipe(recipe) {
    const plan = planDerivations(
      recipe.columns,
      recipe.derived,
      (name2) => \`recipe.json, derived column \${name2}\`
    );
    const deriveRow = compileRowDerivation(plan);
    const inputs = [];
    const features = recipe.features.map((feature2) => {
      const { column } = feature2;
      const type = readTypes[feature2.kind];
      const found = plan.slots.find(({ name: name2 }) => name2 === column);
      if (found?.type !== type) {
        throw new RangeError(
          \`the recipe reads \${column} as a \${type}, but \${found ? \`it is a \${found.type}\` : "has no such column"}\`
        );
      }
      const encoder = encoderOf(feature2);
      const start = inputs.length;
      for (const name2 of encoder.names) inputs.push({ name: name2, column });
      if (inputs.length > widest) {
        throw new RangeError(
          \`the recipe makes more than \${widest} inputs; hash its largest categories into fewer buckets\`
        );
      }
      return {
        encoder,
        column,
        type,
        start,
        derived: plan.derived.findIndex(({ name: name2 }) => name2 === column)
      };
    });
    const width2 = inputs.length;
    const featuresOf = Map.groupBy(features, ({ column }) => column);
    function bind({ encoder, column: name2, type }, table2) {
      const column = columnOf(table2, name2);
      if (column.type !== type) {
        throw new RangeError(
          \`column \${name2} of the table is a \${column.type}; the recipe was fitted on a \${type}\`
        );
      }
      return encoder.kind === "numbers" ? bindNumbers(encoder, column, width2) : bindCategories(encoder, column, width2);
    }
    function bindTable(table2) {
      const complete = deriveColumns(table2, plan);
      const writers = features.map((feature2) => bind(feature2, complete));
      return (start, end, out) => {
        out.fill(0, 0, (end - start) * width2);
        for (let from = start; from < end; from += blockRows) {
          const to = Math.min(from + blockRows, end);
          const at = (from - start) * width2;
          for (let f = 0; f < writers.length; f++) writers[f](from, to, out, at + features[f].start);
        }
      };
    }
    function applyTable(table2, { from, to } = { from: 0, to: table2.rows }) {
      const out = new Float32Array((to - from) * width2);
      bindTable(table2)(from, to, out);
      return out;
    }
    function encode(table2) {
      const encoded = applyTable(table2);
      const write = (name2, from) => {
        for (const feature2 of featuresOf.get(name2) ?? []) {
          clearInputs(encoded, feature2.start, feature2.encoder.names.length, width2);
          bind(feature2, from)(0, table2.rows, encoded, feature2.start);
        }
      };
      return { inputs: encoded, exchange: createExchange(table2, plan, write) };
    }
    function applyRecord(row, out, offset = 0) {
      out.fill(0, offset, offset + width2);
      const derivedValues = plan.derived.length > 0 ? deriveRow(row) : [];
      for (let f = 0; f < features.length; f++) {
        const { encoder, column, type, start, derived } = features[f];
        const value = derived < 0 ? row[column] : derivedValues[derived];
        const at = offset + start;
        if (encoder.kind === "numbers") {
          encoder.kernel(numberInRow(value, column, type), out, at);
          continue;
        }
        const category = textInRow(value, column);
        const { input: input2, value: written } = encoder.place(category);
        if (input2 >= 0) out[at + input2] = written;
        if (category === null && encoder.indicator >= 0) out[at + encoder.indicator] = 1;
      }
    }
    return { width: width2, inputs, applyTable, bindTable, encode, applyRecord };
  }

  // shared/algebra/error-function.ts
  var slope = 1.1283791670955126;
  var pointsPerUnit = 16;
  var largest2 = 6;
  var table = Float64Array.from({ length: largest2 * pointsPerUnit + 1 }, (_, k) => {
    const x = k / pointsPerUnit;
    let term = x;
    let sum = x;
    for (let n = 1; term > sum * 1e-17; n++) {
      term *= 2 * x * x / (2 * n + 1);
      sum += term;
    }
    return slope * Math.exp(-x * x) * sum;
  });
  function erf(x) {
    const a = Math.abs(x);
    if (!(a < largest2)) return Number.isNaN(x) ? x : Math.sign(x);
    const k = Math.round(a * pointsPerUnit);
    const c = k / pointsPerUnit;
    const h = a - c;
    const s = c * c;
    const fifth = (16 * s * s - 48 * s + 12) / 120;
    const fourth = c * (12 - 8 * s) / 24;
    const third = (4 * s - 2) / 6;
    const rise = h * (1 + h * (-c + h * (third + h * (fourth + h * fifth))));
    const value = table[k] + slope * Math.exp(-s) * rise;
    return x < 0 ? -value : value;
  }

  // shared/model/network/activations.ts
  var seluScale = 1.0507009873554805;
  var seluAlpha = 1.6732632423543772;
  function logistic(z2) {
    if (z2 >= 0) return 1 / (1 + Math.exp(-z2));
    const e = Math.exp(z2);
    return e / (1 + e);
  }
  function softplus(z2) {
    return z2 > 0 ? z2 + Math.log1p(Math.exp(-z2)) : Math.log1p(Math.exp(z2));
  }
  function activate(name2, z2, out, length) {
    switch (name2) {
      case "linear":
        if (out !== z2) out.set(length === z2.length ? z2 : z2.subarray(0, length));
        return;
      case "relu":
        for (let i = 0; i < length; i++) out[i] = Math.max(z2[i], 0);
        return;
      case "tanh":
        for (let i = 0; i < length; i++) out[i] = Math.tanh(z2[i]);
        return;
      case "sigmoid":
        for (let i = 0; i < length; i++) out[i] = logistic(z2[i]);
        return;
      case "elu":
        for (let i = 0; i < length; i++) out[i] = z2[i] > 0 ? z2[i] : Math.expm1(z2[i]);
        return;
      case "selu":
        for (let i = 0; i < length; i++) {
          out[i] = seluScale * (z2[i] > 0 ? z2[i] : seluAlpha * Math.expm1(z2[i]));
        }
        return;
      case "softplus":
        for (let i = 0; i < length; i++) out[i] = softplus(z2[i]);
        return;
      case "swish":
        for (let i = 0; i < length; i++) out[i] = z2[i] * logistic(z2[i]);
        return;
      case "gelu":
        for (let i = 0; i < length; i++) out[i] = 0.5 * z2[i] * (1 + erf(z2[i] * Math.SQRT1_2));
        return;
    }
  }
  function softmaxRows(values, rows, columns) {
    for (let row = 0; row < rows; row++) {
      const start = row * columns;
      let largest3 = values[start];
      for (let k = 1; k < columns; k++) if (values[start + k] > largest3) largest3 = values[start + k];
      let sum = 0;
      for (let k = 0; k < columns; k++) {
        const e = Math.exp(values[start + k] - largest3);
        values[start + k] = e;
        sum += e;
      }
      for (let k = 0; k < columns; k++) values[start + k] /= sum;
    }
  }

  // shared/model/predictor/dense-kernel.ts
  function multiplyRows(x, offset, rows, { inputs, units, kernel, bias }, out) {
    const evenRows = rows - rows % 2;
    const fourUnits = units - units % 4;
    for (let row = 0; row < evenRows; row += 2) {
      const x0 = offset + row * inputs;
      const x1 = x0 + inputs;
      const o0 = row * units;
      const o1 = o0 + units;
      for (let u = 0; u < fourUnits; u += 4) {
        let a0 = bias[u];
        let a1 = bias[u + 1];
        let a2 = bias[u + 2];
        let a3 = bias[u + 3];
        let b0 = a0;
        let b1 = a1;
        let b2 = a2;
        let b3 = a3;
        for (let i = 0, k = u; i < inputs; i++, k += units) {
          const p = x[x0 + i];
          const q = x[x1 + i];
          const w0 = kernel[k];
          const w1 = kernel[k + 1];
          const w2 = kernel[k + 2];
          const w3 = kernel[k + 3];
          a0 += p * w0;
          a1 += p * w1;
          a2 += p * w2;
          a3 += p * w3;
          b0 += q * w0;
          b1 += q * w1;
          b2 += q * w2;
          b3 += q * w3;
        }
        out[o0 + u] = a0;
        out[o0 + u + 1] = a1;
        out[o0 + u + 2] = a2;
        out[o0 + u + 3] = a3;
        out[o1 + u] = b0;
        out[o1 + u + 1] = b1;
        out[o1 + u + 2] = b2;
        out[o1 + u + 3] = b3;
      }
    }
    for (let row = evenRows; row < rows; row++)
      oneRow(x, offset + row * inputs, kernel, bias, inputs, units, out, row * units);
    if (fourUnits === units) return;
    for (let row = 0; row < evenRows; row++) {
      for (let u = fourUnits; u < units; u++) {
        let sum = bias[u];
        for (let i = 0, k = u, o = offset + row * inputs; i < inputs; i++, k += units)
          sum += x[o + i] * kernel[k];
        out[row * units + u] = sum;
      }
    }
  }
  function oneRow(x, offset, kernel, bias, inputs, units, out, start) {
    let u = 0;
    for (; u + 4 <= units; u += 4) {
      let a0 = bias[u];
      let a1 = bias[u + 1];
      let a2 = bias[u + 2];
      let a3 = bias[u + 3];
      for (let i = 0, k = u; i < inputs; i++, k += units) {
        const p = x[offset + i];
        a0 += p * kernel[k];
        a1 += p * kernel[k + 1];
        a2 += p * kernel[k + 2];
        a3 += p * kernel[k + 3];
      }
      out[start + u] = a0;
      out[start + u + 1] = a1;
      out[start + u + 2] = a2;
      out[start + u + 3] = a3;
    }
    for (; u < units; u++) {
      let sum = bias[u];
      for (let i = 0, k = u; i < inputs; i++, k += units) sum += x[offset + i] * kernel[k];
      out[start + u] = sum;
    }
  }

  // shared/model/predictor/network-format.ts
  var savedActivations = [
    "linear",
    "relu",
    "tanh",
    "sigmoid",
    "elu",
    "selu",
    "softplus",
    "swish",
    "gelu",
    "softmax"
  ];
  var size = z.int().min(1).max(1e6);
  var name = z.string().min(1).max(200);
  var activation = z.enum(savedActivations);
  var inputShape = z.tuple([z.null(), size]).optional();
  var dense = z.object({
    class_name: z.literal("Dense"),
    config: z.object({
      name,
      units: size,
      activation: activation.default("linear"),
      use_bias: z.boolean().default(true),
      batch_input_shape: inputShape
    })
  });
  var normalisation = z.object({
    class_name: z.literal("BatchNormalization"),
    config: z.object({
      name,
      axis: z.union([z.literal(-1), z.literal(1), z.tuple([z.literal(1)])]).default(-1),
      epsilon: z.number().min(0).max(1).default(1e-3),
      center: z.boolean().default(true),
      scale: z.boolean().default(true),
      batch_input_shape: inputShape
    })
  });
  var activationLayer = z.object({
    class_name: z.literal("Activation"),
    config: z.object({ name, activation, batch_input_shape: inputShape })
  });
  var passing = z.object({
    class_name: z.enum(["InputLayer", "Dropout"]),
    config: z.object({ name, batch_input_shape: inputShape })
  });
  var weight = z.object({
    name,
    shape: z.array(size).min(1).max(2),
    dtype: z.literal("float32")
  });
  var savedModelSchema = z.object({
    format: z.literal("layers-model").optional(),
    modelTopology: z.object({
      class_name: z.literal("Sequential"),
      config: z.object({
        layers: z.array(z.discriminatedUnion("class_name", [dense, normalisation, activationLayer, passing])).min(1).max(200)
      })
    }),
    weightsManifest: z.array(z.object({ weights: z.array(weight).max(1e3) })).length(1)
  });
  function parseSavedNetwork(modelJson) {
    const parsed = savedModelSchema.safeParse(modelJson);
    if (parsed.success) return parsed.data;
    const issue = parsed.error.issues[0];
    throw new IntegrityError(
      \`model.json: cannot read the network at \${issue.path.join(".") || "its root"}: \${issue.message}\`
    );
  }
  function readWeights({ weightsManifest }, bytes) {
    const specs = weightsManifest[0].weights;
    const lengthOf2 = (shape) => shape.reduce((product, side) => product * side, 1);
    const expected = specs.reduce((sum, { shape }) => sum + 4 * lengthOf2(shape), 0);
    if (bytes.byteLength !== expected) {
      throw new IntegrityError(
        \`weights.bin: model.json declares \${expected} bytes, the file has \${bytes.byteLength}\`
      );
    }
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const result = /* @__PURE__ */ new Map();
    let offset = 0;
    for (const { name: name2, shape } of specs) {
      if (result.has(name2)) throw new IntegrityError(\`model.json: the weight \${quote(name2)} is declared twice\`);
      const values = new Float32Array(lengthOf2(shape));
      for (let i = 0; i < values.length; i++, offset += 4) values[i] = view.getFloat32(offset, true);
      const bad = values.findIndex((value) => !Number.isFinite(value));
      if (bad >= 0) {
        throw new IntegrityError(
          \`weights.bin: number \${bad} of \${quote(name2)} is \${values[bad]}; a trained network has finite weights only\`
        );
      }
      result.set(name2, { shape, values });
    }
    return result;
  }

  // shared/model/predictor/network-stages.ts
  function stagesOf(saved, weights) {
    const stages = [];
    const unused = new Set(weights.keys());
    const take = (name2, shape) => {
      const found = weights.get(name2);
      if (!found)
        throw new IntegrityError(\`model.json: the weight \${quote(name2)} is missing from its manifest\`);
      if (found.shape.join() !== shape.join()) {
        throw new IntegrityError(
          \`model.json: the weight \${quote(name2)} has shape [\${found.shape.join(", ")}], its layer needs [\${shape.join(", ")}]\`
        );
      }
      unused.delete(name2);
      return found.values;
    };
    let width2;
    for (const [i, layer] of saved.modelTopology.config.layers.entries()) {
      const declared = layer.config.batch_input_shape?.[1];
      if (declared !== void 0 && i > 0) throw misplacedShape(layer.config.name);
      width2 ??= declared;
      if (width2 === void 0) {
        throw new IntegrityError("model.json: the first layer has no batch_input_shape [null, inputs]");
      }
      if (layer.class_name === "Dense") {
        stages.push(denseStage(layer.config, width2, take));
        width2 = layer.config.units;
      } else if (layer.class_name === "BatchNormalization") {
        stages.push(...normalised(stages, layer.config, width2, take));
      } else if (layer.class_name === "Activation") {
        stages.push(...activatedStages(stages, layer.config.activation, width2));
      }
    }
    if (stages.length === 0)
      throw new IntegrityError("model.json: the network has no layer that computes anything");
    const [leftOver] = unused;
    if (leftOver !== void 0) {
      throw new IntegrityError(\`model.json: the weight \${quote(leftOver)} belongs to none of its layers\`);
    }
    return stages;
  }
  function misplacedShape(name2) {
    return new IntegrityError(\`model.json: layer \${quote(name2)} declares an input shape, but is not the first\`);
  }
  function denseStage({ name: name2, units, activation: activation2, use_bias }, inputs, take) {
    return {
      kind: "dense",
      inputs,
      units,
      kernel: Float64Array.from(take(\`\${name2}/kernel\`, [inputs, units])),
      bias: use_bias ? Float64Array.from(take(\`\${name2}/bias\`, [units])) : new Float64Array(units),
      activation: activation2
    };
  }
  function normalised(stages, config, width2, take) {
    const { name: name2, epsilon: epsilon2 } = config;
    const gamma = config.scale ? take(\`\${name2}/gamma\`, [width2]) : new Float32Array(width2).fill(1);
    const beta = config.center ? take(\`\${name2}/beta\`, [width2]) : new Float32Array(width2);
    const mean = take(\`\${name2}/moving_mean\`, [width2]);
    const variance = take(\`\${name2}/moving_variance\`, [width2]);
    const before = stages.at(-1);
    const own = before?.activation === "linear" ? void 0 : unchanged(width2);
    const stage = own ?? before;
    const shift = stage.kind === "dense" ? stage.bias : stage.shift;
    const factors = stage.kind === "dense" ? stage.kernel : stage.scale;
    for (let j = 0; j < width2; j++) {
      if (!(variance[j] + epsilon2 > 0)) {
        throw new IntegrityError(
          \`weights.bin: \${quote(\`\${name2}/moving_variance\`)} has a variance of \${variance[j]}\`
        );
      }
      const scale = gamma[j] / Math.sqrt(variance[j] + epsilon2);
      for (let k = j; k < factors.length; k += width2) factors[k] *= scale;
      shift[j] = (shift[j] - mean[j]) * scale + beta[j];
    }
    return own ? [own] : [];
  }
  function activatedStages(stages, activation2, width2) {
    const before = stages.at(-1);
    if (before?.activation === "linear") {
      before.activation = activation2;
      return [];
    }
    return [{ ...unchanged(width2), activation: activation2 }];
  }
  function unchanged(width2) {
    const scale = new Float64Array(width2).fill(1);
    return {
      kind: "diagonal",
      inputs: width2,
      units: width2,
      scale,
      shift: new Float64Array(width2),
      activation: "linear"
    };
  }

  // shared/model/predictor/generated/rows-kernel-bytes.ts
  var rowsKernelBytes = "AGFzbQEAAAABEgJgCn9/f39/f39/f38AYAABfwMDAgABBQMBAAAHJQMJaGVhcFN0YXJ0AAEMbXVsdGlwbHlSb3dzAAAGbWVtb3J5AgAKwQUCuAUCCH8LeyABQQJ0IQ0DQCAGIBBLBEAgByEKIAAiASACQQJ0aiELA0AgASALSQRAIAogASoCALs5AwAgCiABIA1qKgIAuzkDCCAKIAEgDUEBdGoqAgC7OQMQIAogASANQQNsaioCALs5AxggAUEEaiEBIApBIGohCgwBCwsgACANQQJ0aiEAIAMhAUEAIQwDQCAFIAxLBEAgASELIAggDEECdGohDiAFQQJ0IQ8gBCAMQQN0aiIK/QAEACIUIRggCv0ABBAiFSEZIBQiEiEWIBUiEyEXIAciCiACQQV0aiERA0AgCiARSQRAIBQgCv0KAwAiGyAL/QAEACIa/fIB/fABIRQgFSAbIAv9AAQQIhv98gH98AEhFSAYIAr9CgMIIhwgGv3yAf3wASEYIBkgHCAb/fIB/fABIRkgEiAK/QoDECIcIBr98gH98AEhEiATIBwgG/3yAf3wASETIBYgCv0KAxgiHCAa/fIB/fABIRYgFyAcIBv98gH98AEhFyAKQSBqIQogC0EgaiELDAELCyAOIBT9XiAV/V79DQABAgMEBQYHEBESExQVFhciFP0MAAAAAAAAAAAAAAAAAAAAAP3pASAUIAkb/QsEACAOIA9qIBj9XiAZ/V79DQABAgMEBQYHEBESExQVFhciFP0MAAAAAAAAAAAAAAAAAAAAAP3pASAUIAkb/QsEACAOIA9BAXRqIBL9XiAT/V79DQABAgMEBQYHEBESExQVFhciEv0MAAAAAAAAAAAAAAAAAAAAAP3pASASIAkb/QsEACAOIA9BA2xqIBb9XiAX/V79DQABAgMEBQYHEBESExQVFhciEv0MAAAAAAAAAAAAAAAAAAAAAP3pASASIAkb/QsEACABIAJBBXRqIQEgDEEEaiEMDAELCyAIIAVBBHRqIQggEEEEaiEQDAELCwsFAEGACAs=";

  // shared/model/predictor/rows-network.ts
  var blockRows2 = 64;
  var mostBytes = 2 ** 27;
  var pageBytes = 65536;
  var padded = (length) => length + 3 & ~3;
  function createRowsNetwork(stages) {
    const dense2 = stages.filter((stage) => stage.kind === "dense");
    if (dense2.length < stages.length || bytesOf(dense2) > mostBytes) return void 0;
    const kernel = startKernel();
    return kernel && placeNetwork(kernel, dense2);
  }
  function startKernel() {
    const bytes = Uint8Array.from(atob(rowsKernelBytes), (character) => character.charCodeAt(0));
    try {
      return new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports;
    } catch (error) {
      if (error instanceof WebAssembly.CompileError) return void 0;
      throw error;
    }
  }
  var widestOf = (stages) => padded(Math.max(...stages.flatMap(({ inputs, units }) => [inputs, units])));
  function bytesOf(stages) {
    const weights = stages.reduce((sum, { inputs, units }) => sum + (inputs + 1) * padded(units) * 8, 0);
    const widest2 = widestOf(stages);
    return weights + widest2 * 32 + 2 * blockRows2 * widest2 * 4;
  }
  function placeNetwork(kernel, stages) {
    const { memory } = kernel;
    let free = kernel.heapStart() + 15 & ~15;
    const needed = free + bytesOf(stages) - memory.buffer.byteLength;
    if (needed > 0) memory.grow(Math.ceil(needed / pageBytes));
    const take = (bytes) => {
      const at = free;
      free += bytes;
      return at;
    };
    const placed = stages.map((stage) => {
      const panels = take(stage.inputs * padded(stage.units) * 8);
      const bias = take(padded(stage.units) * 8);
      writePanels(stage, new Float64Array(memory.buffer, panels, stage.inputs * padded(stage.units)));
      new Float64Array(memory.buffer, bias, stage.units).set(stage.bias);
      const { inputs, units, activation: activation2 } = stage;
      return { inputs, units, activation: activation2, panels, bias };
    });
    const widest2 = widestOf(stages);
    const wide = take(widest2 * 32);
    const buffers = [take(blockRows2 * widest2 * 4), take(blockRows2 * widest2 * 4)];
    return (x, rows, out) => {
      for (let from = 0; from < rows; from += blockRows2) {
        runBlock(kernel, placed, { wide, buffers }, x, from, Math.min(blockRows2, rows - from), out);
      }
    };
  }
  function writePanels({ inputs, units, kernel }, panels) {
    for (let unit = 0; unit < units; unit++) {
      const start = (unit - unit % 4) * inputs + unit % 4;
      for (let input2 = 0; input2 < inputs; input2++) panels[start + 4 * input2] = kernel[input2 * units + unit];
    }
  }
  function runBlock({ memory, multiplyRows: multiplyRows2 }, stages, { wide, buffers }, x, from, count, out) {
    const width2 = stages[0].inputs;
    const rows = padded(count);
    new Float32Array(memory.buffer, buffers[0], count * width2).set(
      x.subarray(from * width2, (from + count) * width2)
    );
    let input2 = buffers[0];
    let stride = width2;
    for (let s = 0; s < stages.length; s++) {
      const { inputs, units: units2, activation: activation3, panels, bias } = stages[s];
      const target = input2 === buffers[0] ? buffers[1] : buffers[0];
      const isRelu = activation3 === "relu" ? 1 : 0;
      multiplyRows2(input2, stride, inputs, panels, bias, padded(units2), rows, wide, target, isRelu);
      if (s < stages.length - 1 && activation3 !== "relu" && activation3 !== "softmax") {
        const sums = new Float32Array(memory.buffer, target, count * padded(units2));
        activate(activation3, sums, sums, sums.length);
      }
      input2 = target;
      stride = padded(units2);
    }
    const { units, activation: activation2 } = stages.at(-1);
    const answers = out.subarray(from * units, (from + count) * units);
    copyRows(new Float32Array(memory.buffer, input2, count * stride), stride, units, answers);
    if (activation2 === "softmax") softmaxRows(answers, count, units);
    else if (activation2 !== "relu") activate(activation2, answers, answers, answers.length);
  }
  function copyRows(from, stride, units, to) {
    for (let start = 0, o = 0; o < to.length; start += stride) {
      for (let unit = 0; unit < units; unit++, o++) to[o] = from[start + unit];
    }
  }

  // shared/model/predictor/network.ts
  var mostBlockRows = 64;
  var manyRows = 256;
  var blockNumbers = 2 ** 20;
  function parseNetwork(modelJson, weights) {
    const saved = parseSavedNetwork(modelJson);
    const stages = stagesOf(saved, readWeights(saved, weights));
    const inputs = stages[0].inputs;
    const outputs = stages.at(-1).units;
    const widest2 = Math.max(...stages.map((stage) => stage.units));
    const blockRows5 = Math.max(1, Math.min(mostBlockRows, Math.floor(blockNumbers / widest2)));
    let rowsNetwork;
    const buffers = [new Float32Array(blockRows5 * widest2), new Float32Array(blockRows5 * widest2)];
    function predictInto(x, rows, out) {
      if (x.length < rows * inputs || out.length < rows * outputs) {
        throw new RangeError(
          \`cannot predict \${rows} rows: the network takes \${inputs} numbers a row and gives \${outputs}, the arrays hold \${x.length} and \${out.length}\`
        );
      }
      if (rows >= manyRows && rowsNetwork !== "none") {
        rowsNetwork ??= createRowsNetwork(stages) ?? "none";
        if (rowsNetwork !== "none") {
          rowsNetwork(x, rows, out);
          return;
        }
      }
      for (let from = 0; from < rows; from += blockRows5) {
        const count = Math.min(blockRows5, rows - from);
        let input2 = x;
        let offset = from * inputs;
        for (let s = 0; s < stages.length; s++) {
          const target = s % 2 === 0 ? buffers[0] : buffers[1];
          runStage(stages[s], input2, offset, count, target);
          input2 = target;
          offset = 0;
        }
        for (let k = 0, o = from * outputs; k < count * outputs; k++) out[o + k] = input2[k];
      }
    }
    return {
      inputs,
      outputs,
      weights: stages.reduce((sum, stage) => sum + weightsOf(stage), 0),
      predictInto,
      predict(x, rows) {
        const out = new Float32Array(rows * outputs);
        predictInto(x, rows, out);
        return out;
      }
    };
  }
  function weightsOf(stage) {
    return stage.kind === "dense" ? stage.kernel.length : stage.units;
  }
  function runStage(stage, x, offset, rows, out) {
    if (stage.kind === "dense") multiplyRows(x, offset, rows, stage, out);
    else scaleRows(x, offset, rows, stage, out);
    if (stage.activation === "softmax") softmaxRows(out, rows, stage.units);
    else activate(stage.activation, out, out, rows * stage.units);
  }
  function scaleRows(x, offset, rows, stage, out) {
    const { units, scale, shift } = stage;
    for (let row = 0, k = 0; row < rows; row++) {
      for (let j = 0; j < units; j++, k++) out[k] = x[offset + k] * scale[j] + shift[j];
    }
  }

  // shared/model/predictor/layers-runner.ts
  var blockRows3 = 512;
  function layersRunner({ modelJson, weights }, recipe, { task, outputs }) {
    const runner = compileRecipe(recipe);
    const network = parseNetwork(modelJson, weights);
    if (network.inputs !== runner.width || network.outputs !== outputs) {
      throw new IntegrityError(
        \`model.json: the network takes \${network.inputs} inputs and gives \${network.outputs}; the recipe makes \${runner.width} and the task \${task} needs \${outputs}\`
      );
    }
    const input2 = new Float32Array(runner.width);
    const output = new Float32Array(outputs);
    return {
      workOfRow: network.weights,
      encode(table2) {
        const { inputs, exchange } = runner.encode(table2);
        return {
          readsColumn: () => true,
          exchange,
          run: () => network.predict(inputs, table2.rows)
        };
      },
      runTable(table2) {
        const values = new Float32Array(table2.rows * outputs);
        const encode = runner.bindTable(table2);
        const inputs = new Float32Array(Math.min(blockRows3, table2.rows) * runner.width);
        for (let from = 0; from < table2.rows; from += blockRows3) {
          const to = Math.min(table2.rows, from + blockRows3);
          encode(from, to, inputs);
          network.predictInto(inputs, to - from, values.subarray(from * outputs, to * outputs));
        }
        return values;
      },
      runRecord(row) {
        runner.applyRecord(row, input2);
        network.predictInto(input2, 1, output);
        return output;
      }
    };
  }

  // shared/model/trees/score-functions.ts
  function sigmoid(x) {
    if (x >= 0) return 1 / (1 + exponential2(-x));
    const e = exponential2(x);
    return e / (1 + e);
  }
  function softmax(scores, at, step, outputs, out) {
    let largest3 = scores[at];
    for (let k = 1; k < outputs; k++) largest3 = Math.max(largest3, scores[at + k * step]);
    let sum = 0;
    for (let k = 0; k < outputs; k++) {
      out[k] = exponential2(scores[at + k * step] - largest3);
      sum += out[k];
    }
    for (let k = 0; k < outputs; k++) out[k] /= sum;
    return largest3 + logarithm(sum);
  }

  // shared/model/trees/bins.ts
  var missingBin = 0;
  var otherBin = 1;
  var mostBins = 255;

  // shared/model/trees/tree-model.ts
  var setBytes = 32;
  function categoryBins({ categories = [] }) {
    return new Map(categories.map((category, i) => [category, i + 1 + otherBin]));
  }

  // shared/model/trees/tree-file.ts
  var most = 1e6;
  var feature = z.strictObject({
    column: z.string().min(1),
    part: z.string().min(1).optional(),
    /** Edges of a number's bins; 0 of a category. */
    edges: z.int().min(0).max(mostBins - 1),
    categories: z.array(z.string()).max(mostBins - 1).optional()
  });
  var treeHeaderSchema = z.strictObject({
    version: z.literal(1),
    /** Scores a row: one, or one a class. */
    outputs: z.int().min(1).max(1e4),
    /** The scores before the first tree. */
    base: z.array(z.number()),
    trees: z.int().min(0).max(most),
    nodes: z.int().min(0).max(most),
    categoryNodes: z.int().min(0).max(most),
    features: z.array(feature).max(65535)
  });
  function treeLayout({ features, trees, nodes, categoryNodes }) {
    const values = 8 * features.reduce((sum, feature3) => sum + feature3.edges, 0);
    const sizes = values + 4 * (nodes + trees);
    const feature2 = sizes + 2 * trees;
    const left2 = feature2 + 2 * nodes;
    const right2 = left2 + 2 * nodes;
    const cut2 = right2 + 2 * nodes;
    const missingLeft = cut2 + nodes;
    const sets = missingLeft + nodes;
    return {
      values,
      sizes,
      feature: feature2,
      left: left2,
      right: right2,
      cut: cut2,
      missingLeft,
      sets,
      end: sets + setBytes * categoryNodes
    };
  }
  function parseTrees(header, bytes) {
    const parsed = treeHeaderSchema.safeParse(header);
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      throw new IntegrityError(
        \`trees.json: cannot read \${issue.path.join(".") || "its root"}: \${issue.message}\`
      );
    }
    const expected = treeLayout(parsed.data).end;
    if (bytes.byteLength !== expected) {
      throw new IntegrityError(
        \`trees.bin: trees.json declares \${expected} bytes, the file has \${bytes.byteLength}\`
      );
    }
    try {
      const model = readModel(parsed.data, bytes);
      checkModel(model);
      return model;
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      throw new IntegrityError(\`trees.bin: \${messageOf(error)}\`);
    }
  }
  function readModel({ outputs, base, trees, nodes, categoryNodes, features }, bytes) {
    if (base.length !== outputs) throw new RangeError(\`\${outputs} outputs have \${base.length} base scores\`);
    if (trees % outputs !== 0) throw new RangeError(\`\${trees} trees are no whole rounds of \${outputs} outputs\`);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    let at = 0;
    const take = (out, size2, read) => {
      for (let i = 0; i < out.length; i++, at += size2) out[i] = read(at);
      return out;
    };
    const float64 = (offset) => view.getFloat64(offset, true);
    const uint16 = (offset) => view.getUint16(offset, true);
    const int16 = (offset) => view.getInt16(offset, true);
    const byte = (offset) => view.getUint8(offset);
    return {
      features: features.map(
        (feature2) => ({ ...feature2, edges: take(new Float64Array(feature2.edges), 8, float64) })
      ),
      values: take(new Float32Array(nodes + trees), 4, (offset) => view.getFloat32(offset, true)),
      sizes: take(new Uint16Array(trees), 2, uint16),
      feature: take(new Uint16Array(nodes), 2, uint16),
      left: take(new Int16Array(nodes), 2, int16),
      right: take(new Int16Array(nodes), 2, int16),
      cut: take(new Uint8Array(nodes), 1, byte),
      missingLeft: take(new Uint8Array(nodes), 1, byte),
      sets: take(new Uint8Array(categoryNodes * setBytes), 1, byte),
      outputs,
      base: Float64Array.from(base)
    };
  }
  function checkModel(model) {
    for (const { column, edges, categories } of model.features) {
      for (let i = 0; i < edges.length; i++) {
        if (Number.isFinite(edges[i]) && (i === 0 || edges[i] > edges[i - 1])) continue;
        throw new RangeError(\`edge \${i} of \${column} is \${edges[i]}; edges are finite and ascend\`);
      }
      if (categories && edges.length > 0) throw new RangeError(\`\${column} has both edges and categories\`);
    }
    const bad = model.values.findIndex((value) => !Number.isFinite(value));
    if (bad >= 0) throw new RangeError(\`leaf \${bad} is \${model.values[bad]}; leaves are finite\`);
    if (model.sizes.reduce((sum, size2) => sum + size2, 0) !== model.feature.length) {
      throw new RangeError("the trees do not have as many nodes as there are");
    }
    let sets = 0;
    let start = 0;
    for (let tree = 0; tree < model.sizes.length; start += model.sizes[tree++]) {
      sets += checkTree(model, tree, start, model.sizes[tree]);
    }
    if (sets * setBytes !== model.sets.length) {
      throw new RangeError(
        \`\${sets} nodes ask about categories, and there are \${model.sets.length / setBytes} sets\`
      );
    }
  }
  function checkTree(model, tree, start, size2) {
    if (size2 > 2 ** 15 - 1)
      throw new RangeError(\`tree \${tree} has \${size2} nodes; 32,767 at most can be numbered\`);
    const seen = new Uint8Array(2 * size2 + 1);
    let sets = 0;
    for (let node = 0; node < size2; node++) {
      const feature2 = model.features[model.feature[start + node]];
      if (!feature2)
        throw new RangeError(\`node \${node} of tree \${tree} asks about feature \${model.feature[start + node]}\`);
      if (model.missingLeft[start + node] > 1)
        throw new RangeError(\`node \${node} of tree \${tree} sends missing values nowhere\`);
      if (feature2.categories) sets++;
      for (const child of [model.left[start + node], model.right[start + node]]) {
        const inside = child < 0 ? ~child <= size2 : child > node && child < size2;
        const place = child < 0 ? size2 + ~child : child;
        if (!inside || seen[place] === 1) {
          throw new RangeError(
            \`node \${node} of tree \${tree} leads to \${child}, which is not there or has been led to\`
          );
        }
        seen[place] = 1;
      }
    }
    return sets;
  }

  // shared/model/trees/bin-matrix.ts
  var gridCells = 1024;
  function numberBinner(edges, rows) {
    const { length } = edges;
    const low = edges[0] ?? 0;
    const scale = gridCells / ((edges[length - 1] ?? 0) - low);
    if (rows < 10 * gridCells || length < 2 || !Number.isFinite(scale)) {
      return (value) => Number.isNaN(value) ? 0 : 1 + edgesBelow(edges, value, 0, length);
    }
    const starts = new Uint8Array(gridCells + 2).fill(length);
    const cellOf = (value) => (value - low) * scale;
    for (let e = length - 1; e >= 0; e--) starts[Math.min(gridCells, Math.floor(cellOf(edges[e])))] = e;
    for (let cell = gridCells; cell >= 0; cell--) starts[cell] = Math.min(starts[cell], starts[cell + 1]);
    return (value) => {
      const place = cellOf(value);
      if (place >= 0 && place < gridCells) {
        const cell = place | 0;
        return 1 + edgesBelow(edges, value, starts[cell], starts[cell + 1]);
      }
      return Number.isNaN(value) ? 0 : 1 + edgesBelow(edges, value, 0, length);
    };
  }
  function edgesBelow(edges, value, from, to) {
    let low = from;
    let high = to;
    while (low < high) {
      const middle = low + high >>> 1;
      if (edges[middle] < value) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  // shared/model/trees/tree-inputs.ts
  var dateParts = {
    ...linearParts,
    month: cyclicParts.month.step,
    weekday: cyclicParts.weekday.step,
    hour: cyclicParts.hour.step,
    "day-of-year": cyclicParts["day-of-year"].step
  };
  function planOf(recipe) {
    return planDerivations(recipe.columns, recipe.derived, (name2) => \`recipe.json, derived column \${name2}\`);
  }
  function partOf(part) {
    const read = Object.hasOwn(dateParts, part) ? dateParts[part] : void 0;
    if (!read)
      throw new RangeError(\`dates have no part \${part}; they have \${Object.keys(dateParts).join(", ")}\`);
    return (time) => Math.abs(time) <= largestTime ? read(time) : Number.NaN;
  }
  function createTreeBinner(recipe, features) {
    const plan = planOf(recipe);
    const deriveRow = compileRowDerivation(plan);
    const width2 = features.length;
    const placed = features.map((feature2) => placeFeature(feature2, plan));
    const placesOf = Map.groupBy(placed.keys(), (f) => placed[f].column);
    let derived;
    return {
      binTable(table2, from, to, out) {
        if (derived?.from !== table2) derived = { from: table2, complete: deriveColumns(table2, plan) };
        for (let f = 0; f < width2; f++) binColumn(placed[f], derived.complete, from, to, out, f, width2);
      },
      encode(table2) {
        const bins = new Uint8Array(table2.rows * width2);
        this.binTable(table2, 0, table2.rows, bins);
        const write = (name2, from) => {
          for (const f of placesOf.get(name2) ?? []) binColumn(placed[f], from, 0, table2.rows, bins, f, width2);
        };
        const asksAbout = (name2) => placesOf.has(name2) || derivedFrom(name2, plan).some((column) => placesOf.has(column.name));
        return { bins, asksAbout, exchange: createExchange(table2, plan, write) };
      },
      binRecord(row, out) {
        const values = plan.derived.length > 0 ? deriveRow(row) : [];
        for (let f = 0; f < width2; f++) {
          const { column, derived: place, type, read, binOf, categories } = placed[f];
          const value = place < 0 ? row[column] : values[place];
          if (categories) {
            const text = textInRow(value, column);
            out[f] = text === null ? missingBin : categories.get(text) ?? otherBin;
          } else out[f] = binOf(read(numberInRow(value, column, type)));
        }
      }
    };
  }
  function placeFeature(feature2, { slots, derived }) {
    const { column, part, edges } = feature2;
    const type = slots.find(({ name: name2 }) => name2 === column)?.type;
    if (type === void 0 || type === "category" !== (feature2.categories !== void 0) || type === "date" !== (part !== void 0)) {
      throw new RangeError(
        \`the trees ask about \${column}\${part === void 0 ? "" : \` (\${part})\`}, but the recipe \${type ? \`has it as a \${type}\` : "has no such column"}\`
      );
    }
    const read = part === void 0 ? (value) => value : partOf(part);
    const categories = feature2.categories ? categoryBins(feature2) : void 0;
    const place = derived.findIndex(({ name: name2 }) => name2 === column);
    return { column, derived: place, type, edges, read, binOf: numberBinner(edges, 1), categories };
  }
  function binColumn({ column: name2, type, edges, read, categories }, table2, from, to, out, feature2, width2) {
    const column = columnOf(table2, name2);
    if (column.type !== type) {
      throw new RangeError(
        \`column \${name2} of the table is a \${column.type}; the model was trained on a \${type}\`
      );
    }
    let o = feature2;
    if (column.type === "category") {
      const bins = Uint8Array.from(column.dictionary, (text) => categories.get(text) ?? otherBin);
      for (let row = from; row < to; row++, o += width2) {
        const code2 = column.codes[row];
        out[o] = code2 < 0 ? missingBin : bins[code2];
      }
      return;
    }
    const binOf = numberBinner(edges, to - from);
    const { values } = column;
    const isBoolean = column.type === "boolean";
    for (let row = from; row < to; row++, o += width2) {
      const value = values[row];
      out[o] = binOf(isBoolean && value < 0 ? Number.NaN : read(value));
    }
  }

  // shared/model/trees/tree-scorer.ts
  var nodeSize = 4;
  var lowShift = 16;
  var spanShift = 17;
  var categoryFlag = 1 << 25;
  function createTreeScorer(model) {
    const { sizes, outputs, values, sets, base } = model;
    const width2 = model.features.length;
    const { nodes, roots } = flatten(model);
    return {
      score(bins, rows, out) {
        for (let row = 0, o = 0; row < rows; row++) for (let k = 0; k < outputs; k++, o++) out[o] = base[k];
        for (let tree = 0; tree < sizes.length; tree++) {
          const root = roots[tree];
          const leaves = root + sizes[tree] * nodeSize;
          walk(nodes, root, leaves, bins, width2, rows, sets, values, tree % outputs, outputs, out);
        }
      }
    };
  }
  function flatten({ features, sizes, feature: feature2, cut: cut2, missingLeft, left: left2, right: right2 }) {
    const nodes = new Int32Array((2 * feature2.length + sizes.length) * nodeSize);
    const roots = new Int32Array(sizes.length);
    let node = 0;
    let leaf = 0;
    let set = 0;
    for (let tree = 0; tree < sizes.length; tree++) {
      const size2 = sizes[tree];
      const root = (node + leaf) * nodeSize;
      const leaves = root + size2 * nodeSize;
      const placeOf = (child) => child < 0 ? leaves + ~child * nodeSize : root + child * nodeSize;
      roots[tree] = root;
      for (let at = root; at < leaves; at += nodeSize, node++) {
        nodes[at + 1] = placeOf(right2[node]);
        nodes[at + 2] = placeOf(left2[node]);
        if (features[feature2[node]].categories) {
          nodes[at] = feature2[node] | categoryFlag;
          nodes[at + 3] = set;
          set += setBytes;
          continue;
        }
        const low = 1 - missingLeft[node];
        nodes[at] = feature2[node] | low << lowShift | cut2[node] - low << spanShift;
      }
      for (let at = leaves; at <= leaves + size2 * nodeSize; at += nodeSize, leaf++) {
        nodes[at + 1] = at;
        nodes[at + 2] = at;
        nodes[at + 3] = leaf;
      }
    }
    return { nodes, roots };
  }
  function walk(nodes, root, leaves, bins, width2, rows, sets, values, output, outputs, out) {
    let row = 0;
    let o = output;
    for (; row + 4 <= rows; row += 4, o += 4 * outputs) {
      const first = row * width2;
      const second2 = first + width2;
      const third = second2 + width2;
      const fourth = third + width2;
      let a = root;
      let b = root;
      let c = root;
      let d = root;
      while ((a - leaves | b - leaves | c - leaves | d - leaves) < 0) {
        a = childOf(nodes, a, bins, first, sets);
        b = childOf(nodes, b, bins, second2, sets);
        c = childOf(nodes, c, bins, third, sets);
        d = childOf(nodes, d, bins, fourth, sets);
      }
      out[o] += values[nodes[a + 3]];
      out[o + outputs] += values[nodes[b + 3]];
      out[o + 2 * outputs] += values[nodes[c + 3]];
      out[o + 3 * outputs] += values[nodes[d + 3]];
    }
    for (; row < rows; row++, o += outputs) {
      let at = root;
      while (at < leaves) at = childOf(nodes, at, bins, row * width2, sets);
      out[o] += values[nodes[at + 3]];
    }
  }
  function childOf(nodes, at, bins, start, sets) {
    const question = nodes[at];
    const bin2 = bins[start + (question & 65535)];
    if (question & categoryFlag) {
      return nodes[at + 1 + (sets[nodes[at + 3] + (bin2 >> 3)] >>> (bin2 & 7) & 1)];
    }
    const shifted = bin2 - (question >>> lowShift & 1) & 255;
    return nodes[at + 2 - ((question >>> spanShift & 255) - shifted >>> 31)];
  }

  // shared/model/predictor/trees-runner.ts
  var blockRows4 = 2048;
  function treesRunner({ trees, treesBin }, recipe, { task, outputs }) {
    const model = parseTrees(trees, treesBin);
    if (model.outputs !== outputs) {
      throw new IntegrityError(
        \`trees.json: the trees give \${model.outputs} scores a row; the task \${task} needs \${outputs}\`
      );
    }
    const binner = binnerOf(recipe, model.features);
    const scorer = createTreeScorer(model);
    const width2 = model.features.length;
    const bins = new Uint8Array(width2);
    const output = new Float64Array(outputs);
    const answer = answerOf2(task, outputs);
    const answersOf2 = (rows, count, out) => {
      scorer.score(rows, count, out);
      answer(out, count);
    };
    return {
      workOfRow: workOfTrees(model),
      encode(table2) {
        const { bins: encoded, asksAbout, exchange } = binner.encode(table2);
        return {
          readsColumn: asksAbout,
          exchange,
          run() {
            const values = new Float64Array(table2.rows * outputs);
            for (let from = 0; from < table2.rows; from += blockRows4) {
              const to = Math.min(table2.rows, from + blockRows4);
              const block = encoded.subarray(from * width2, to * width2);
              answersOf2(block, to - from, values.subarray(from * outputs, to * outputs));
            }
            return values;
          }
        };
      },
      runTable(table2) {
        const values = new Float64Array(table2.rows * outputs);
        const block = new Uint8Array(Math.min(blockRows4, table2.rows) * width2);
        for (let from = 0; from < table2.rows; from += blockRows4) {
          const to = Math.min(table2.rows, from + blockRows4);
          const out = values.subarray(from * outputs, to * outputs);
          binner.binTable(table2, from, to, block);
          answersOf2(block, to - from, out);
        }
        return values;
      },
      runRecord(row) {
        binner.binRecord(row, bins);
        answersOf2(bins, 1, output);
        return output;
      }
    };
  }
  function workOfTrees({ sizes }) {
    return sizes.reduce((sum, size2) => sum + 8 * (1 + Math.ceil(Math.log2(size2 + 1))), 0);
  }
  function binnerOf(...[recipe, features]) {
    try {
      return createTreeBinner(recipe, features);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      throw new IntegrityError(\`trees.json: \${error.message}\`);
    }
  }
  function answerOf2(task, outputs) {
    switch (task) {
      case "regression":
        return () => {
        };
      case "binary":
        return (scores, rows) => {
          for (let row = 0; row < rows; row++) scores[row] = sigmoid(scores[row]);
        };
      case "multiclass": {
        const chances = new Float64Array(outputs);
        return (scores, rows) => {
          for (let start = 0; start < rows * outputs; start += outputs) {
            softmax(scores, start, 1, outputs, chances);
            scores.set(chances, start);
          }
        };
      }
    }
  }

  // shared/model/predictor/ensemble-runner.ts
  function ensembleRunner({ parts }, recipe, task) {
    const running = parts.map(({ weight: weight2, target, members }, part) => {
      if (target && task.task !== "regression") {
        throw new IntegrityError(
          \`ensemble.json: part \${part + 1} has the target \${target.type}, which only a regression has; the task is \${task.task}\`
        );
      }
      return {
        ...{ weight: weight2, target },
        members: members.map((member, at) => memberRunner(member, recipe, task, memberPrefix(part, at)))
      };
    });
    const { outputs } = task;
    const isChance = task.task !== "regression";
    const sum = new Float64Array(outputs);
    const output = new Float64Array(outputs);
    const blend = (answersOf2, mean, out) => {
      out.fill(0);
      for (const [p, { weight: weight2, target, members }] of running.entries()) {
        mean.fill(0);
        for (let m = 0; m < members.length; m++) addTo(mean, answersOf2(m, p), target);
        for (let at = 0; at < out.length; at++) out[at] += weight2 * (mean[at] / members.length);
      }
      if (isChance) for (let at = 0; at < out.length; at++) out[at] = Math.min(1, out[at]);
      return out;
    };
    const ofTable = ({ rows }, answersOf2) => blend(answersOf2, new Float64Array(rows * outputs), new Float64Array(rows * outputs));
    return {
      workOfRow: running.reduce((work, { members }) => work + workOf(members), 0),
      encode(table2) {
        const encoded = running.map(({ members }) => members.map((member) => member.encode(table2)));
        const all = encoded.flat();
        return {
          readsColumn: (name2) => all.some((member) => member.readsColumn(name2)),
          exchange(name2, column) {
            for (const member of all) member.exchange(name2, column);
          },
          run: () => ofTable(table2, (member, part) => encoded[part][member].run())
        };
      },
      runTable: (table2) => ofTable(table2, (member, part) => running[part].members[member].runTable(table2)),
      runRecord: (row) => blend((member, part) => running[part].members[member].runRecord(row), sum, output)
    };
  }
  function workOf(members) {
    return members.reduce((work, { workOfRow }) => work + workOfRow, 0);
  }
  function memberRunner({ engine, recipe }, common, task, prefix) {
    try {
      return "trees" in engine ? treesRunner(engine, recipe ?? common, task) : layersRunner(engine, recipe ?? common, task);
    } catch (cause) {
      if (!(cause instanceof IntegrityError)) throw cause;
      throw new IntegrityError(\`\${prefix}.\${cause.message}\`, { cause });
    }
  }
  function addTo(sum, answers, target) {
    for (let at = 0; at < sum.length; at++) {
      sum[at] += target ? restoredTarget(answers[at], target) : answers[at];
    }
  }

  // shared/model/predictor/predictor.ts
  function createPredictor(model) {
    const { schema, threshold } = model;
    const { task, classes = [] } = schema;
    const runner = runnerOf(model, { task, outputs: task === "multiclass" ? classes.length : 1 });
    const answers = answersOf(schema, threshold);
    return {
      workOfRow: runner.workOfRow,
      encode(table2) {
        const { readsColumn, exchange, run } = runner.encode(table2);
        return { readsColumn, exchange, predict: () => answers.ofTable(run(), table2.rows) };
      },
      predictTable: (table2) => answers.ofTable(runner.runTable(table2), table2.rows),
      predictRecord: (row) => answers.ofRecord(runner.runRecord(row))
    };
  }
  function runnerOf(model, task) {
    if ("parts" in model) return ensembleRunner(model, model.recipe, task);
    return "trees" in model ? treesRunner(model, model.recipe, task) : layersRunner(model, model.recipe, task);
  }

  // shared/site/pack/byte-coder.ts
  var chanceBits = 11;
  var rate = 5;
  var smallestRange = 2 ** 24;
  var carry = 2 ** 32;
  var Chances = class {
    #byContext = /* @__PURE__ */ new Map();
    of(context) {
      let chances = this.#byContext.get(context);
      if (!chances) {
        chances = new Uint16Array(256).fill(2 ** (chanceBits - 1));
        this.#byContext.set(context, chances);
      }
      return chances;
    }
  };
  function learn(chances, at, bit) {
    const chance = chances[at];
    chances[at] = bit === 0 ? chance + (2 ** chanceBits - chance >> rate) : chance - (chance >> rate);
  }
  var ByteReader = class {
    #chances = new Chances();
    #bytes;
    #endOfPlain;
    #plainAt = 4;
    #at;
    #code = 0;
    #range = carry - 1;
    /** @throws RangeError here or while reading when bytes are missing. */
    constructor(bytes) {
      this.#bytes = bytes;
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      this.#endOfPlain = 4 + view.getUint32(0, true);
      this.#at = this.#endOfPlain;
      for (let i = 0; i < 4; i++) this.#code = this.#code * 256 + this.#next();
    }
    #next() {
      const byte = this.#bytes[this.#at++];
      if (byte === void 0)
        throw new RangeError(\`the packed numbers end after \${this.#bytes.length} bytes, too early\`);
      return byte;
    }
    likely(context) {
      const chances = this.#chances.of(context);
      let above = 1;
      while (above < 256) {
        const bound = (this.#range >>> chanceBits) * chances[above];
        const bit = this.#code < bound ? 0 : 1;
        if (bit === 0) this.#range = bound;
        else {
          this.#code -= bound;
          this.#range -= bound;
        }
        learn(chances, above, bit);
        above = 2 * above + bit;
        while (this.#range < smallestRange) {
          this.#range *= 256;
          this.#code = this.#code * 256 + this.#next();
        }
      }
      return above - 256;
    }
    plain() {
      if (this.#plainAt >= this.#endOfPlain) throw new RangeError("the packed numbers have no plain byte left");
      return this.#bytes[this.#plainAt++];
    }
  };

  // shared/site/pack/float-bytes.ts
  function codeFloats(coder, view, { from, to, context }) {
    for (let offset = from; offset < to; offset += 4) {
      const word2 = view.getUint32(offset, true);
      const exponent = coder.likely(context, word2 >>> 23 & 255);
      const high = coder.plain(word2 >>> 15 & 255);
      const middle = coder.plain(word2 >>> 7 & 255);
      const low = coder.plain((word2 & 127) << 1 | word2 >>> 31);
      view.setUint32(
        offset,
        (low & 1) << 31 | exponent << 23 | high << 15 | middle << 7 | low >> 1,
        true
      );
    }
  }

  // shared/site/pack/tree-bytes.ts
  var contexts = {
    exponent: 1 << 20,
    size: 2 << 20,
    feature: 3 << 20,
    left: 4 << 20,
    right: 5 << 20,
    cut: 6 << 20,
    missingLeft: 7 << 20,
    set: 8 << 20,
    edge: 9 << 20
  };
  var otherLeaf = 2 ** 15;
  function codeTrees(coder, header, bytes) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const at = treeLayout(header);
    const isCategory = header.features.map(({ categories }) => categories !== void 0);
    codeEdges(coder, view, at.values);
    codeFloats(coder, view, { from: at.values, to: at.sizes, context: contexts.exponent });
    let node = 0;
    for (let tree = 0; tree < header.trees; tree++) {
      const offset = at.sizes + 2 * tree;
      const size2 = codeWord(coder, contexts.size, view.getUint16(offset, true));
      view.setUint16(offset, size2, true);
      codeChildren(coder, view, { left: at.left + 2 * node, right: at.right + 2 * node, size: size2 });
      node += size2;
    }
    let set = at.sets;
    for (node = 0; node < header.nodes; node++) {
      const offset = at.feature + 2 * node;
      const feature2 = codeWord(coder, contexts.feature, view.getUint16(offset, true));
      view.setUint16(offset, feature2, true);
      bytes[at.cut + node] = coder.likely(contexts.cut + feature2, bytes[at.cut + node]);
      bytes[at.missingLeft + node] = coder.likely(
        contexts.missingLeft + feature2,
        bytes[at.missingLeft + node]
      );
      if (!isCategory[feature2]) continue;
      for (let i = 0; i < setBytes; i++, set++) bytes[set] = coder.likely(contexts.set + i, bytes[set]);
    }
  }
  function codeWord(coder, context, word2) {
    const high = coder.likely(context, word2 >> 8);
    return high << 8 | coder.likely(context + (high === 0 ? 1 : 2), word2 & 255);
  }
  function codeEdges(coder, view, end) {
    for (let offset = 0; offset < end; offset += 8) {
      let above = 0;
      for (let place = 7; place >= 0; place--) {
        above = coder.likely(contexts.edge + 256 * place + above, view.getUint8(offset + place));
        view.setUint8(offset + place, above);
      }
    }
  }
  function codeChildren(coder, view, { left: left2, right: right2, size: size2 }) {
    const leafOf = new Uint16Array(size2);
    const codeChild = (context, offset, node, leaf) => {
      const child = view.getInt16(offset, true);
      const word2 = child >= 0 ? child - node : child === ~leaf ? 0 : otherLeaf + ~child;
      const coded = codeWord(coder, context, word2);
      const result = coded === 0 ? ~leaf : coded >= otherLeaf ? ~(coded - otherLeaf) : node + coded;
      view.setInt16(offset, result, true);
      if (result > 0) leafOf[result] = leaf;
      return result < 0;
    };
    for (let node = 0; node < size2; node++) {
      const isLeaf = codeChild(contexts.left, left2 + 2 * node, node, leafOf[node]);
      codeChild(contexts.right + (isLeaf ? 3 : 0), right2 + 2 * node, node, node + 1);
    }
  }

  // shared/site/pack/engine-numbers.ts
  function unpackNumbers(packed, shapes) {
    const reader = new ByteReader(packed);
    return shapes.map((shape) => code(reader, shape, new Uint8Array(lengthOf(shape))));
  }
  function lengthOf(shape) {
    if ("trees" in shape) return treeLayout(shape.trees).end;
    const [manifest] = shape.network.weightsManifest;
    const numbers2 = manifest.weights.map(
      ({ shape: sides }) => sides.reduce((product, side) => product * side, 1)
    );
    return 4 * numbers2.reduce((sum, count) => sum + count, 0);
  }
  function code(coder, shape, bytes) {
    if ("trees" in shape) codeTrees(coder, shape.trees, bytes);
    else {
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      codeFloats(coder, view, { from: 0, to: bytes.byteLength, context: 0 });
    }
    return bytes;
  }

  // shared/site/browser/model.ts
  function modelOf(schema, data2) {
    for (const { text, parsed } of data2.expressions) keepExpression(text, parsed);
    const { recipe, threshold } = data2;
    const predictor = createPredictor({
      ...engineOf(data2),
      schema,
      recipe,
      ...threshold === void 0 ? {} : { threshold }
    });
    const parse2 = recordParser(schema);
    return {
      predict: predictor.predictRecord,
      predictRecord(record) {
        const { row, problems } = parse2(record, 0);
        return row ? predictor.predictRecord(row) : { problems: problems.map(({ message }) => message) };
      }
    };
  }
  function engineOf({ engine, networks, numbers: numbers2 }) {
    const shapes = membersOf(engine).map((member2) => shapeOf(member2, networks));
    const files = unpackNumbers(bytesOf2(numbers2), shapes).map((bytes, i) => filesOf(shapes[i], bytes));
    if (!("parts" in engine)) return files[0];
    let member = 0;
    const parts = engine.parts.map(({ weight: weight2, target, members }, part) => ({
      // What a page says of a model, it does not take from here.
      ...{ name: \`part \${part + 1}\`, type: "", weight: weight2, target },
      members: members.map(({ recipe }) => ({
        engine: files[member++],
        recipe: recipe === void 0 ? void 0 : engine.recipes[recipe]
      }))
    }));
    return { parts };
  }
  function membersOf(engine) {
    return "parts" in engine ? engine.parts.flatMap(({ members }) => members.map(({ engine: own }) => own)) : [engine];
  }
  function shapeOf(member, networks) {
    return "trees" in member ? member : { network: networks[member.network] };
  }
  function filesOf(shape, bytes) {
    return "trees" in shape ? { trees: shape.trees, treesBin: bytes } : { modelJson: shape.network, weights: bytes };
  }
  function bytesOf2(base64) {
    const characters = atob(base64);
    const bytes = new Uint8Array(characters.length);
    for (let i = 0; i < bytes.length; i++) bytes[i] = characters.charCodeAt(i);
    return bytes;
  }
  function chartedNumber(prediction, label) {
    if ("value" in prediction) return prediction.value;
    return label === void 0 ? Number.NaN : prediction.probabilities[label] ?? Number.NaN;
  }

  // shared/site/browser/curve.ts
  var tried = 49;
  var shownCategories = 8;
  function withValue(row, name2, value) {
    const changed = /* @__PURE__ */ Object.create(null);
    for (const [other, own] of Object.entries(row)) changed[other] = own;
    changed[name2] = value;
    return changed;
  }
  function valuesOf({ column, span, control, step = 1 }, at) {
    if (column.type === "boolean") return [true, false];
    if (column.type === "category") {
      const first = (column.categories ?? []).slice(0, shownCategories);
      return typeof at === "string" && !first.includes(at) ? [...first.slice(0, shownCategories - 1), at] : first;
    }
    if (!span) return [];
    const low = typeof at === "number" ? Math.min(span[0], at) : span[0];
    const high = typeof at === "number" ? Math.max(span[1], at) : span[1];
    if (control === "number" && step >= 1 && Number.isInteger(low) && high - low <= 12) {
      return Array.from({ length: high - low + 1 }, (_, i) => low + i);
    }
    const even = Array.from({ length: tried }, (_, i) => low + (high - low) * i / (tried - 1));
    if (typeof at !== "number" || even.includes(at)) return even;
    return [...even, at].toSorted((a, b) => a - b);
  }
  function curveOf(model, field, row, label) {
    const { name: name2 } = field.column;
    const at = row[name2] ?? null;
    const points = valuesOf(field, at).map((value) => ({
      value,
      answer: chartedNumber(model.predict(withValue(row, name2, value)), label)
    }));
    return { field, at, points };
  }

  // shared/site/browser/field.ts
  function input(id) {
    const found = byId(id);
    if (!(found instanceof HTMLInputElement)) throw new Error(\`\${id} is not an input\`);
    return found;
  }
  function choice(id) {
    const found = byId(id);
    if (!(found instanceof HTMLSelectElement)) throw new Error(\`\${id} is not a list to choose from\`);
    return found;
  }
  function fieldOf(data2, index, changed) {
    const id = \`field-\${index}\`;
    const box = byId(\`\${id}-box\`);
    const control = controlOf(data2, id, changed);
    const main = byId(id);
    const message = byId(\`\${id}-message\`);
    return {
      data: data2,
      ...control,
      mark(problem2, warning) {
        box.classList.toggle("has-problem", problem2 !== void 0);
        box.classList.toggle("has-warning", problem2 === void 0 && warning !== void 0);
        if (problem2 !== void 0) box.closest("details")?.setAttribute("open", "");
        const text = problem2 ?? warning ?? "";
        if (message.textContent !== text) message.textContent = text;
        if (problem2 === void 0) main.removeAttribute("aria-invalid");
        else main.setAttribute("aria-invalid", "true");
      }
    };
  }
  function controlOf(data2, id, changed) {
    switch (data2.control) {
      case "number":
        return numberControl(data2, id, changed);
      case "boolean":
        return booleanControl(id, changed);
      case "choice":
        return choiceControl(data2, id, changed);
      case "text":
        return textControl(id, changed);
      default:
        return dateControl(data2.control === "date" ? 10 : 19, id, changed);
    }
  }
  function numberControl({ span, step = 1 }, id, changed) {
    const text = input(id);
    const slider = span ? input(\`\${id}-slider\`) : void 0;
    const read = () => {
      const written = text.value.trim();
      if (written === "") return null;
      const number = numberOfText(written);
      return Number.isFinite(number) ? number : text.value;
    };
    const follow = () => {
      const value = read();
      if (slider && typeof value === "number") slider.value = String(value);
    };
    text.addEventListener("input", () => {
      follow();
      changed();
    });
    slider?.addEventListener("input", () => {
      text.value = typedNumber(roundedToStep(Number(slider.value), step, span));
      changed();
    });
    slider?.addEventListener("keydown", (event) => {
      const way = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10 }[event.key];
      if (way === void 0) return;
      event.preventDefault();
      slider.value = String(roundedToStep(Number(slider.value) + way * step, step, span));
      text.value = typedNumber(roundedToStep(Number(slider.value), step, span));
      changed();
    });
    return {
      read,
      write(value) {
        text.value = typeof value === "number" ? typedNumber(value) : value === null ? "" : String(value);
        follow();
      },
      focus: () => text.focus()
    };
  }
  function roundedToStep(value, step, span) {
    const near = Number((Math.round(value / step) * step).toPrecision(12));
    return span ? Math.min(span[1], Math.max(span[0], near)) : near;
  }
  function booleanControl(id, changed) {
    const list = choice(id);
    list.addEventListener("change", changed);
    return {
      read: () => list.value === choiceOfNone ? null : list.value === "true",
      write(value) {
        list.value = value === null ? choiceOfNone : String(value);
      },
      focus: () => list.focus()
    };
  }
  function choiceControl({ column }, id, changed) {
    const categories = column.categories ?? [];
    const list = choice(id);
    const other = input(\`\${id}-other\`);
    const reveal = () => {
      other.hidden = list.value !== choiceOfOther;
    };
    list.addEventListener("change", () => {
      reveal();
      changed();
    });
    other.addEventListener("input", changed);
    return {
      read() {
        if (list.value === choiceOfNone) return null;
        if (list.value === choiceOfOther) return other.value === "" ? null : other.value;
        return categories[Number(list.value)];
      },
      write(value) {
        const place = typeof value === "string" ? categories.indexOf(value) : -1;
        list.value = value === null ? choiceOfNone : place < 0 ? choiceOfOther : String(place);
        other.value = place < 0 && typeof value === "string" ? value : "";
        reveal();
      },
      focus: () => (other.hidden ? list : other).focus()
    };
  }
  function textControl(id, changed) {
    const text = input(id);
    text.addEventListener("input", changed);
    return {
      read: () => text.value === "" ? null : text.value,
      write(value) {
        text.value = value === null ? "" : String(value);
      },
      focus: () => text.focus()
    };
  }
  function dateControl(length, id, changed) {
    const date = input(id);
    date.addEventListener("input", changed);
    return {
      read() {
        if (date.value !== "") return parseIsoDate(date.value);
        return date.validity.badInput ? void 0 : null;
      },
      write(value) {
        date.value = typeof value === "number" ? new Date(value).toISOString().slice(0, length) : "";
      },
      focus: () => date.focus()
    };
  }

  // shared/site/browser/curve-chart.ts
  var width = 320;
  var height = 168;
  var left = 40;
  var right = width - 8;
  var top = 10;
  var bottom = height - 26;
  function curveFigure(curve, frame) {
    const { column } = curve.field;
    const name2 = shownText(column.name);
    const answers = curve.points.map(({ answer }) => answer).filter(Number.isFinite);
    const range = answers.length === 0 ? "nothing to show: no value in training" : \`\${frame.show(Math.min(...answers))} to \${frame.show(Math.max(...answers))}\${frame.suffix}\`;
    const drawing = answers.length === 0 ? void 0 : chartOf(curve, frame);
    drawing?.setAttribute("aria-label", \`\${name2}: the answer goes from \${range}. Now at \${shownAt(curve)}.\`);
    return htmlElement(
      "figure",
      { class: "effect" },
      htmlElement(
        "h3",
        {},
        htmlElement("bdi", {}, name2),
        htmlElement("span", { class: "now" }, shownAt(curve))
      ),
      drawing,
      htmlElement("figcaption", {}, range)
    );
  }
  function shownAt({ at, field }) {
    if (at === null) return "missing";
    if (typeof at === "number") return shownValue(field.column, at);
    return shownText(String(at), 24);
  }
  function chartOf(curve, frame) {
    const { type } = curve.field.column;
    return type === "number" || type === "date" ? lineChart(curve, frame) : barChart(curve, frame);
  }
  function numbersOf(points) {
    return points.flatMap(({ value, answer }) => typeof value === "number" ? [{ value, answer }] : []);
  }
  function lineChart(curve, frame) {
    const points = numbersOf(curve.points);
    const { column, span: seen, step = 1 } = curve.field;
    const span = [points[0].value, points.at(-1).value];
    const x = scaleOf(span, [left, right]);
    const y = scaleOf(frame.span, [bottom, top]);
    const line = points.map(({ value, answer }, i) => \`\${i === 0 ? "M" : "L"}\${x(value)} \${y(answer)}\`).join("");
    const here = typeof curve.at === "number" ? { cx: x(curve.at), cy: y(frame.answer) } : void 0;
    const drawing = svgElement(
      "svg",
      { class: "chart curve", viewBox: \`0 0 \${width} \${height}\`, role: "img" },
      ...answerAxis(frame, y),
      ...seen ? beyondSeen(seen, span, x) : [],
      here && svgElement("path", { class: "here-line", d: \`M\${here.cx} \${bottom}V\${here.cy}\` }),
      svgElement("path", { class: "curve-line", d: line }),
      here && svgElement("circle", { class: "point", ...here, r: 5 }),
      svgElement("text", { x: left, y: height - 6, class: "axis" }, shownValue(withoutUnit(column), span[0])),
      svgElement(
        "text",
        { x: right, y: height - 6, class: "axis", "text-anchor": "end" },
        shownValue(column, span[1])
      )
    );
    drawing.addEventListener("click", (event) => {
      const box = drawing.getBoundingClientRect();
      const place = (event.clientX - box.left) / box.width * width;
      const value = span[0] + (place - left) / (right - left) * (span[1] - span[0]);
      frame.take(column.type === "date" ? roundedToStep(value, day, span) : roundedToStep(value, step, span));
    });
    return drawing;
  }
  function withoutUnit({ unit: _unit, ...column }) {
    return column;
  }
  function answerAxis({ span, tick: words }, y) {
    return ticksOf(span, 3).flatMap((tick) => [
      svgElement("path", { class: "grid", d: \`M\${left} \${y(tick)}H\${right}\` }),
      svgElement("text", { class: "axis", x: left - 6, y: y(tick) + 4, "text-anchor": "end" }, words(tick))
    ]);
  }
  function beyondSeen(seen, span, x) {
    const grounds = [
      [span[0], Math.max(span[0], seen[0])],
      [Math.min(span[1], seen[1]), span[1]]
    ];
    return grounds.filter(([from, to]) => to > from).map(
      ([from, to]) => svgElement("rect", {
        class: "unseen",
        x: x(from),
        y: top,
        width: x(to) - x(from),
        height: bottom - top
      })
    );
  }
  var names = 122;
  var numbers = 40;
  function barChart(curve, frame) {
    const { points } = curve;
    const pitch = Math.min(44, Math.max(20, (bottom - top) / points.length));
    const end = top + pitch * points.length;
    const x = scaleOf(frame.span, [names, width - numbers]);
    const now = x(frame.answer);
    const texts = points.map(({ value }) => shownText(String(value), 1e3));
    const labels = clipApart(texts, 12);
    const rows = points.map((point, i) => {
      const row = barRow(point, point.value === curve.at, i, pitch);
      row.addEventListener("click", () => frame.take(point.value));
      return row;
    });
    function barRow({ answer }, own, i, tall) {
      const y = top + pitch * (i + 0.5);
      const to = x(answer);
      const from = Math.min(now, to);
      return svgElement(
        "g",
        { class: own ? "row own" : "row" },
        svgElement("title", {}, texts[i]),
        svgElement("rect", { class: "row-ground", x: 0, y: y - tall / 2, width, height: tall }),
        svgElement("text", { x: names - 10, y: y + 4, "text-anchor": "end" }, labels[i]),
        svgElement("rect", { class: "difference", x: from, y: y - 5, width: Math.abs(to - now), height: 10 }),
        svgElement("circle", { class: "point", cx: to, cy: y, r: own ? 5 : 4 }),
        svgElement("text", { class: "axis", x: width, y: y + 4, "text-anchor": "end" }, frame.show(answer))
      );
    }
    return svgElement(
      "svg",
      { class: "chart bars", viewBox: \`0 0 \${width} \${end + 26}\`, role: "img" },
      ...ticksOf(frame.span, 3).flatMap((tick) => [
        svgElement("path", { class: "grid", d: \`M\${x(tick)} \${top}V\${end}\` }),
        svgElement(
          "text",
          { class: "axis", x: x(tick), y: end + 18, "text-anchor": "middle" },
          frame.tick(tick)
        )
      ]),
      ...rows,
      svgElement("path", { class: "here-line", d: \`M\${now} \${top}V\${end}\` })
    );
  }

  // shared/site/browser/effects.ts
  var firstEffects = 12;
  function effectsOf(model, data2, shown, take) {
    const { row, prediction, all } = shown;
    const label = labelOf(prediction, data2);
    const answer = chartedNumber(prediction, label);
    const ranked = data2.fields.toSorted((a, b) => a.rank - b.rank).slice(0, all ? void 0 : firstEffects);
    const curves = ranked.map((field) => curveOf(model, field, row, label));
    const answers = curves.flatMap(({ points }) => points.map((point) => point.answer));
    const around = spanAround([...answers, answer]) ?? [0, 1];
    const span = label === void 0 ? around : [0, 1];
    const words = label === void 0 ? numberWords(span, data2) : shareWords;
    return curves.map((curve) => {
      const frame = { span, answer, ...words, take: (value) => take(curve.field, value) };
      return curveFigure(curve, frame);
    });
  }
  function labelOf(prediction, { schema }) {
    if ("value" in prediction) return void 0;
    return positiveClass(schema) ?? prediction.label;
  }
  function measuredWords(prediction, data2) {
    const label = labelOf(prediction, data2);
    return label === void 0 ? shownText(data2.schema.target) : \`the probability of “\${shownText(label)}”\`;
  }
  var shareWords = {
    show: measuredShare,
    tick: declaredShare,
    suffix: ""
  };
  function numberWords(span, { schema }) {
    const target = schema.columns.find(({ name: name2 }) => name2 === schema.target);
    const decimals = intervalDecimals(span[0], span[1]);
    const shown = decimals === void 0 ? void 0 : span[1] - span[0] < 200 ? decimals + 1 : decimals;
    return {
      show: (answer) => formatNumber(answer, shown === void 0 ? {} : { decimals: shown }),
      tick: (answer) => formatNumber(answer),
      suffix: target?.unit === void 0 ? "" : \` \${shownText(target.unit, 20)}\`
    };
  }

  // shared/site/browser/form.ts
  var pause = 600;
  function startForm(data2) {
    const parse2 = recordParser(data2.schema, { present: new Set(data2.present) });
    const fields2 = data2.fields.map((field, index) => fieldOf(field, index, update));
    const answer = byId("answer");
    const effects = byId("effects");
    const allEffects = byId("all-effects");
    const waiting = [...answer.childNodes];
    let model;
    let drawAll = data2.fields.length <= firstEffects;
    let drawing = 0;
    let speaking;
    function recordOf() {
      const record = /* @__PURE__ */ Object.create(null);
      for (const { data: field, read } of fields2) record[field.column.name] = read();
      return record;
    }
    function withDates(row) {
      const shown = /* @__PURE__ */ Object.create(null);
      for (const [name2, value] of Object.entries(row)) {
        const isDate = data2.fields.some(({ column }) => column.name === name2 && column.type === "date");
        shown[name2] = isDate && typeof value === "number" ? shownTime(new Date(value).toISOString()) : value;
      }
      return shown;
    }
    function update() {
      const record = recordOf();
      const { row, problems, warnings } = parse2(record, 0);
      for (const { data: field, mark } of fields2) {
        const { column } = field;
        const problem2 = problems.find((one) => one.field === column.name);
        const warning = warnings.find((one) => one.field === column.name);
        mark(problem2 && problemWords(problem2, column), warning && warningWords(warning, column));
      }
      byId("record").textContent = JSON.stringify(row ? withDates(row) : record, null, 2);
      const wrong = fields2.filter(({ data: field }) => problems.some((one) => one.field === field.column.name));
      if (!row) showProblems(wrong);
      else if (model) showAnswer(row, model);
      else showWaiting();
    }
    function showWaiting() {
      answer.className = "";
      answer.replaceChildren(...waiting);
    }
    function showAnswer(row, model2) {
      const prediction = model2.predict(row);
      const { contents, sentence } = answerOf(prediction, data2);
      answer.className = "";
      answer.replaceChildren(...contents);
      say(sentence);
      cancelAnimationFrame(drawing);
      drawing = requestAnimationFrame(() => {
        const shown = { row, prediction, all: drawAll };
        const figures = effectsOf(model2, data2, shown, (field, value) => {
          fields2.find((one) => one.data === field)?.write(value);
          update();
        });
        effects.classList.remove("outdated");
        effects.replaceChildren(...figures);
        byId("effects-measured").textContent = measuredWords(prediction, data2);
      });
    }
    function showProblems(wrong) {
      const count = byCount(wrong.length, "One field needs", \`\${wrong.length} fields need\`);
      const link = htmlElement("button", { type: "button", class: "button" }, "Go to it");
      link.addEventListener("click", () => wrong[0]?.focus());
      answer.className = "no-answer";
      answer.replaceChildren(htmlElement("p", {}, \`\${count} another value before there is an answer.\`), link);
      effects.classList.add("outdated");
      say(\`No answer: \${count} another value.\`);
    }
    function say(sentence) {
      clearTimeout(speaking);
      speaking = setTimeout(() => {
        byId("announcement").textContent = sentence;
      }, pause);
    }
    function reset() {
      for (const field of fields2) field.write(field.data.typical);
      update();
    }
    byId("features").addEventListener("submit", (event) => event.preventDefault());
    byId("features").addEventListener("reset", (event) => {
      event.preventDefault();
      reset();
    });
    allEffects.textContent = \`Show all \${data2.fields.length} features\`;
    allEffects.hidden = drawAll;
    allEffects.addEventListener("click", () => {
      drawAll = true;
      allEffects.hidden = true;
      update();
    });
    reset();
    return {
      answerBy(arrived) {
        model = arrived;
        update();
      },
      giveUp() {
        const words = "The model did not arrive whole, so there is no answer. Load the page again.";
        waiting.splice(0, waiting.length, htmlElement("p", { class: "no-model" }, words));
        update();
        say(words);
      }
    };
  }

  // shared/site/browser/page.ts
  var data = JSON.parse(byId(formElement).textContent);
  var form = document.getElementById("features") ? startForm(data) : void 0;
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", startModel);
  else startModel();
  function startModel() {
    try {
      const model = modelOf(data.schema, JSON.parse(byId(modelElement).textContent));
      Object.assign(globalThis, { predictRecord: model.predictRecord });
      form?.answerBy(model);
    } catch (error) {
      form?.giveUp();
      throw error;
    }
  }
})();
`;
