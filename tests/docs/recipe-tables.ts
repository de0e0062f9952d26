import { createRandom, type Random } from '../../shared/platform/random.ts';

const day = 86_400_000;

function logistic(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

function pick<T>(random: Random, items: readonly T[]): T {
  return items[random.integer(items.length)]!;
}

/** A draw of a skewed amount, such as money: the exponential of a normal. */
function skewed(random: Random, median: number, spread: number): number {
  return median * Math.exp(spread * random.normal());
}

function date(start: string, days: number): string {
  return new Date(Date.parse(start) + Math.floor(days) * day).toISOString().slice(0, 10);
}

function csv(rows: readonly Readonly<Record<string, string | number>>[]): string {
  const names = Object.keys(rows[0]!);
  return `${[names, ...rows.map((row) => names.map((name) => row[name]))].map((line) => line.join(',')).join('\n')}\n`;
}

/** Customers of a subscription, and whether they left within the 90 days after the day on which they were looked at. */
export function customers(count = 900): string {
  const random = createRandom('customers');
  const rows = Array.from({ length: count }, (_, i) => {
    const months = 1 + random.integer(60);
    const logins = Math.floor(skewed(random, 9, 0.9));
    const tickets = Math.floor(random.next() ** 3 * 6);
    const plan = pick(random, ['basic', 'basic', 'team', 'business']);
    const payment = random.next() < 0.08 ? 'yes' : 'no';
    const score =
      0.6 -
      0.035 * months -
      0.12 * logins +
      0.55 * tickets +
      (payment === 'yes' ? 1.6 : 0) +
      (plan === 'basic' ? 0.4 : 0);
    return {
      customer_id: `C${10_000 + i}`,
      seen_on: date('2026-01-01', (i / count) * 240),
      plan,
      country: pick(random, ['IT', 'DE', 'FR', 'ES']),
      months,
      monthly_fee: plan === 'basic' ? 19 : plan === 'team' ? 49 : 149,
      logins_30d: logins,
      tickets_90d: tickets,
      payment_failed: payment,
      churned: random.next() < logistic(score) ? 'yes' : 'no',
    };
  });
  return csv(rows);
}

/** Flats that were sold, with their price. */
export function sales(count = 700): string {
  const random = createRandom('sales');
  const rows = Array.from({ length: count }, (_, i) => {
    const district = pick(random, ['Centro', 'Lambrate', 'Navigli', 'Isola', 'Bovisa']);
    const area = Math.round(skewed(random, 75, 0.35));
    const built = 1900 + random.integer(125);
    const floor = random.integer(9);
    const lift = floor > 3 || random.next() < 0.5 ? 'yes' : 'no';
    const square = { Centro: 9200, Lambrate: 4700, Navigli: 6600, Isola: 6900, Bovisa: 3900 }[district]!;
    const price =
      area *
      square *
      (1 + 0.001 * (built - 1960)) *
      (lift === 'yes' ? 1.06 : 1 - 0.02 * floor) *
      skewed(random, 1, 0.12);
    return {
      id: 5000 + i,
      sold_on: date('2025-01-01', (i / count) * 600),
      district,
      area,
      rooms: Math.max(1, Math.round(area / 28 + 0.5 * random.normal())),
      floor,
      lift,
      built,
      energy_class: pick(random, ['A', 'B', 'C', 'D', 'E', 'F', 'G']),
      price: Math.round(price / 500) * 500,
    };
  });
  return csv(rows);
}

/** Hourly readings of pumps, with the wear that was measured at the next inspection. */
export function readings(pumps = 24, hours = 30): string {
  const random = createRandom('readings');
  const rows: Record<string, string | number>[] = [];
  for (let pump = 1; pump <= pumps; pump += 1) {
    const own = random.normal();
    let age = 200 + random.integer(4000);
    for (let hour = 0; hour < hours; hour += 1) {
      const load = Math.min(1, Math.max(0.1, 0.6 + 0.2 * random.normal()));
      const vibration = 1.5 + 0.0004 * age + 0.8 * load + 0.2 * own + 0.15 * random.normal();
      age += 24;
      rows.push({
        pump: `P${String(pump).padStart(2, '0')}`,
        measured_at: new Date(Date.parse('2026-03-01T06:00Z') + hour * day + pump * 60_000)
          .toISOString()
          .slice(0, 19),
        load: load.toFixed(2),
        temperature: (38 + 22 * load + 0.003 * age + 1.5 * random.normal()).toFixed(1),
        vibration: vibration.toFixed(2),
        pressure: (6.2 - 0.0002 * age + 0.1 * random.normal()).toFixed(2),
        hours: age,
        wear: Math.max(0, 0.012 * age + 9 * (vibration - 1.5) + 4 * random.normal()).toFixed(1),
      });
    }
  }
  rows.sort((a, b) => (String(a.measured_at) < String(b.measured_at) ? -1 : 1));
  return csv(rows);
}

/** Card payments, of which a few in a hundred turned out to be fraud. */
export function payments(count = 3000): string {
  const random = createRandom('payments');
  const rows = Array.from({ length: count }, (_, i) => {
    const amount = skewed(random, 42, 1);
    const hour = random.integer(24);
    const channel = pick(random, ['chip', 'chip', 'contactless', 'online']);
    const abroad = random.next() < 0.1 ? 'yes' : 'no';
    const cardDays = 1 + random.integer(1500);
    const score =
      -6.2 +
      0.012 * Math.min(amount, 300) +
      (channel === 'online' ? 1.8 : 0) +
      (abroad === 'yes' ? 1.6 : 0) +
      (hour < 5 ? 1.2 : 0) +
      (cardDays < 60 ? 1.5 : 0);
    return {
      payment_id: 900_000 + i,
      card: `K${random.integer(700)}`,
      paid_at: new Date(
        Date.parse('2026-05-01T00:00Z') + Math.floor((i / count) * 60) * day + hour * 3_600_000,
      )
        .toISOString()
        .slice(0, 19),
      amount: amount.toFixed(2),
      channel,
      abroad,
      hour,
      card_days: cardDays,
      payments_24h: Math.floor(random.next() ** 2 * 8),
      fraud: random.next() < logistic(score) ? 'yes' : 'no',
    };
  });
  return csv(rows);
}
