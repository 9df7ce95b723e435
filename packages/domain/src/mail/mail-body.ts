import { z } from 'zod';

/** What is sealed in `mail_messages.body_ciphertext`. */
export const mailBody = z.object({ text: z.string(), html: z.string().nullable() });
