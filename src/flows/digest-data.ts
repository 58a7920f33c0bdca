/** What the daily digest of a channel shows. */
export interface DigestData {
  headline: string;
  day: string;
  cases: readonly {
    text: string;
    detail: string;
    /** Of the button that takes an alert up; empty where there is none. */
    verb: string;
    /** Where the case is talked about; both empty when ids alone make no address. */
    threadTitle: string;
    threadUrl: string;
    /** The ticket at the desk, or the alert in Azure; both empty for neither. */
    openTitle: string;
    openUrl: string;
  }[];
}
