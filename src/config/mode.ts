/** Which of the running commands is configured: they differ in what they start themselves and in what they demand. */
export type Mode = 'start' | 'serve' | 'demo';
