export { docxOf, encryptedOffice, noise, pdfOf } from "./documents/reading/sample-files.ts";
