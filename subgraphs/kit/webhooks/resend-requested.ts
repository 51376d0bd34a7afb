/** Type of the event by which the dispatcher hears that dead letters of a webhook are to be sent again. */
export const RESEND_REQUESTED = 'webhook.resend_requested';
