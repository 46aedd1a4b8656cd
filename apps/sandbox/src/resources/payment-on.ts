import type { Payment } from '../books/records.js';
import { present, wireDay } from '../wire/values.js';

/** A payment inside the document that it is on. */
export const paymentOn = (payment: Payment): Record<string, unknown> =>
  present({
    PaymentID: payment.id,
    BatchPaymentID: payment.batchId,
    Date: wireDay(payment.date),
    Amount: Number(payment.amount),
    Reference: payment.reference,
    CurrencyRate: Number(payment.currencyRate),
    HasAccount: true,
    HasValidationErrors: false,
  });
