// One tab keeps the work at a time. A second tab of the page waits, is told so, and takes over when the first is closed, or when
// the person says so there.

export type Writer = ReturnType<typeof createWriter>;

/** The parts of navigator.locks and BroadcastChannel that are used here; tests have others. */
export interface Locks { request(name: string, options: { ifAvailable?: boolean }, hold: (lock: unknown) => Promise<void>): Promise<void> }
export interface Channel { postMessage(message: string): void; addEventListener(type: "message", heard: (event: { data: unknown }) => void): void }

const GIVE_WAY = "give way";

/**
 * @param name of what is kept
 * @param tell whether this tab keeps the work, now and whenever that changes; waits for what it returns before another one does
 */
export async function createWriter(name: string, tell: (writes: boolean) => Promise<void> | void, locks: Locks | undefined, channel: Channel | undefined) {
  let release = () => {};
  let holds = false;

  /** Holds the lock until another tab asks for it. */
  const hold = () => new Promise<void>((done) => {
    holds = true;
    release = () => {
      holds = false;
      done();
    };
  });

  channel?.addEventListener("message", ({ data }) => {
    if (data !== GIVE_WAY || !holds) return;
    void Promise.resolve(tell(false)).then(() => {
      release();
      wait();
    });
  });

  /** In the queue for the lock. */
  function wait() {
    void locks?.request(name, {}, async () => {
      const held = hold();
      await tell(true);
      await held;
    });
  }

  // A browser without locks (a page over plain http) has every tab write.
  if (!locks) await tell(true);
  else {
    await new Promise<void>((known) => {
      void locks.request(name, { ifAvailable: true }, async (lock) => {
        if (!lock) {
          await tell(false);
          known();
          wait();
          return;
        }
        const held = hold();
        await tell(true);
        known();
        await held;
      }).catch(async () => {
        // Refused, as in a sandboxed frame.
        await tell(true);
        known();
      });
    });
  }

  return {
    /** Asks the tab that keeps the work to leave it to this one. */
    takeOver() {
      channel?.postMessage(GIVE_WAY);
    },
  };
}
