/** Files that the agent of a lab of 5,000 nodes has open, three a namespace: its handle, rtnetlink, nftables. */
export const filesOfLargeLab = 16_384;
