export { SavedPictures } from "./saved-pictures.ts";
export { CleanUp } from "./clean-up.ts";
export { SealRotation } from "./seal-rotation.ts";
export { openWorkbench } from "./workbench.ts";
export { createApp } from "./create-app.ts";
export { harvest, learn } from "./library.ts";
