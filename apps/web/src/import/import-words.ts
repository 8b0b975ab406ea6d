/** The server ends a script that takes longer; told before it is run. */
export const timeLimitSeconds = 30;

/** What happens to the commands: the words that a person consents to. */
export const consentWords = [
  `The commands are run as they stand here, as a shell runs them, in an empty sandbox of their own, for at most ${timeLimitSeconds} s.`,
  'No other lab and no network of this machine is within their reach; files that Vethlab itself may read are.',
  'What came to be is drawn as a new lab. The sandbox is thrown away.',
] as const;
