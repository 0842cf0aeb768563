export { docxOf, encryptedOffice, noise, pdfOf } from "./documents/reading/sample-files.ts";
export { keysOf, redactorOf } from "./logins/redactor.ts";
export { LiveReceiver } from "./live/live-receiver.ts";
export { LiveSender } from "./live/live-sender.ts";
export { LiveStages } from "./live/live-stages.ts";
