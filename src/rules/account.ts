/**
 * Why an account is not there yet (V4). `silent`: the identity provider does not answer; `busy`: it can't just now;
 * `refused`: it will not (our token, our request); `garbled`: what answers does not speak SCIM; `hindered`: U7 or D1
 * came in the way. None is the person's fault.
 */
export const accountFaults = ['silent', 'busy', 'refused', 'garbled', 'hindered'] as const;

/** One of `accountFaults`. */
export type AccountFault = (typeof accountFaults)[number];
