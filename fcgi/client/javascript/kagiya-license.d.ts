// Types of kagiya-license.js.

/** RUN: a signed OK that is young enough. STOP: a signed NG. KEPT: the shop is
 * away; its last OK still counts. UNKNOWN: no signed answer that still counts. */
export type Decision = 'RUN' | 'STOP' | 'KEPT' | 'UNKNOWN';
export const Decision: { readonly [D in Decision]: D };

/** A verdict whose signature was checked. Times are seconds since 1970, days
 * YYYY-MM-DD or ''. */
export interface Answer {
	readonly jws: string;
	/** To a TEST- key: to be shown, and never kept. */
	readonly isTest: boolean;
	readonly isOk: boolean;
	readonly result: 'OK' | 'NG';
	/** VALID TRIAL PAYMENT_DUE TRIAL_ENDED PAYMENT_OVERDUE KEY_UNKNOWN
	 * KEY_REVOKED PRODUCT_MISMATCH INSTANCE_MISMATCH UNINSTALLED SUSPENDED, or
	 * what later shops say. */
	readonly code: string;
	/** valid missing wrong revoked */
	readonly key: string;
	readonly product: string;
	readonly serial: string;
	readonly instance: string;
	readonly nonce: string;
	readonly trial_end: string;
	readonly ng_from: string;
	readonly latest: string;
	/** A sentence in the customer's language. */
	readonly text: string;
	/** Where to buy or pay. */
	readonly url: string;
	readonly permission: number;
	readonly users: number;
	readonly iat: number;
	readonly next_check: number;
	readonly cache_until: number;
	readonly grace_until: number;
	readonly revision: number;
	readonly notices: number;
}

export interface Options {
	/** Where key and answer are kept; kagiya-license in the directory. */
	folder?: string;
	/** Certificates (PEM) to believe the shop by instead of Node's own. */
	caFile?: string;
}

export class License {
	/** The directory has kagiya-license.ini; an Error when it has none, or one
	 * that is not whole. */
	constructor(directory: string, options?: Options);
	/** The one question; asks the shop only when it is time. */
	mayRun(): Promise<boolean>;
	check(): Promise<Decision>;
	/** Asks now, but not twice in 3 seconds. */
	checkNow(): Promise<Decision>;
	/** What is known, without asking. */
	standing(): Decision;
	/** With a key that was typed; null when no signed answer came. */
	activate(typed: string): Promise<Answer | null>;
	/** The kept answer. */
	answer(): Answer | null;
	/** null outside a trial. */
	daysLeft(): number | null;
	readonly buyUrl: string;
	readonly serial: string;
}
