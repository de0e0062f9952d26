/** A metric's value, or why it has none; never NaN and never infinite. */
export type MetricValue = { readonly value: number } | { readonly undefined: string };
