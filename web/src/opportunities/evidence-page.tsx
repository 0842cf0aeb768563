/** The stored page with the value outlined. It comes without scripts, and the sandbox lets it do nothing at all. */
export function EvidencePage({ address }: { address: string }) {
  return (
    <>
      <iframe className="page-frame" src={address} sandbox="" title="The stored page with the value outlined" />
      <p>
        <a href={address} target="_blank" rel="noopener noreferrer">
          Open the stored page alone
        </a>
      </p>
    </>
  );
}
