export type { Page, PageLimits, PageSource } from "./page/page.ts";
export { PageTooComplex, PageTooLarge } from "./page/errors.ts";
export { parsePage } from "./page/parse-page.ts";
export { decodePage, type DecodedPage } from "./page/decode-page.ts";
export { baseUrlOf } from "./page/base-url-of.ts";
export { applyPagination, isSpent, pageAddresses, type PageOutlook } from "./pagination/apply-pagination.ts";
export { declaredLimit, type DeclaredLimit } from "./pagination/declared-limit.ts";
export { otherParts, recordTest, type OtherPart } from "./pagination/other-parts.ts";
export { findPagination } from "./pagination/find-pagination.ts";
export { learnPagination } from "./pagination/learn-pagination.ts";
export { PaginationRecipeSchema, type PaginationRecipe } from "./pagination/pagination-recipe.ts";
export type {
  ClickStep,
  DeclaredTotal,
  FormStep,
  LinkStep,
  PageAddresses,
  OnwardStep,
  PageStep,
  PagerLink,
  Pagination,
  PaginationKind,
  RequestStep,
  ScrollStep,
  StepRole,
} from "./pagination/pagination.ts";
export { consentStep } from "./forms/consent-step.ts";
export { fillForm, type FillOptions, type FormValues } from "./forms/fill-form.ts";
export { linksAt } from "./page/links-at.ts";
export { doubtsAbout, type ListDoubt } from "./doubts/doubts-about.ts";
export { findForms } from "./forms/find-forms.ts";
export { findLogIn, type LogInForm } from "./forms/find-log-in.ts";
export type { FieldRole, FormControl, FormField, FormType, FoundForm } from "./forms/found-form.ts";
export { classifyPage } from "./page-kind/classify-page.ts";
export type { PageClass, PageFacts, PageKind } from "./page-kind/page-kind.ts";
export { FIELD_TYPES, FieldTypeSchema, type FieldType } from "./values/field-type.ts";
export type { ExtractedValue } from "./values/extracted-value.ts";
export type { ColumnType, Recognised, ValueContext, ValueSample } from "./values/recognised.ts";
export { ValueFormatSchema, type ValueFormat } from "./values/value-format.ts";
export { normalise, recognise } from "./values/recognise.ts";
export { statusOf } from "./values/words/read-status.ts";
export { typeOfColumn } from "./values/type-of-column.ts";
export type { EmbeddedData, Located, LocatedObject, Place, RecordArray } from "./embedded/embedded-data.ts";
export { readEmbedded } from "./embedded/read-embedded.ts";
export { fieldOf, findRecordArrays, locate } from "./embedded/record-arrays.ts";
export { leafText, quoteLeaf, type LeafQuote, type Scalar } from "./embedded/quote-leaf.ts";
export { applyDetail, type DetailFields } from "./details/apply-detail.ts";
export { DetailRecipeSchema, type DetailField, type DetailRecipe, type DetailRule } from "./details/detail-recipe.ts";
export { learnDetail, type DetailOptions } from "./details/learn-detail.ts";
export { controlAt, type PointedControl } from "./pointing/control-at.ts";
export { EntryStepSchema, type EntryStep } from "./entry-step.ts";
export { findSearch, type FoundSearch, type SearchOutcome } from "./search/find-search.ts";
export { fillIn, writeInput, type InputValues } from "./search/fill-in.ts";
export { inputsOf } from "./search/inputs-of.ts";
export { dateIn, resolveDate } from "./search/moving-date.ts";
export { dateFormatIn, dateFormatOf, ISO_FORMAT } from "./search/date-format.ts";
export { refusalText } from "./search/refusal-text.ts";
export { searchSteps } from "./search/search-steps.ts";
export {
  AskedInputSchema,
  INPUT_TYPES,
  type AskedInput,
  type InputType,
  type SearchInput,
} from "./search/search-input.ts";
export { takeEntryStep, type FillStep } from "./pointing/take-entry-step.ts";
export type { DataBody, DataHeaders, DataRequest } from "./endpoint/data-request.ts";
export { endpointRecipe, firstPart } from "./endpoint/endpoint-recipe.ts";
export type { Endpoint } from "./endpoint/endpoint.ts";
export { learnEndpoints } from "./endpoint/learn-endpoint.ts";
export type { DataAnswer } from "./endpoint/learn-paging.ts";
export { requestStep } from "./endpoint/request-step.ts";
export { pairRecords, type RecordPair } from "./healing/pair-records.ts";
export { checkKnown, type KnownRecords } from "./healing/check-known.ts";
export { LackWatch } from "./healing/lack-watch.ts";
export { proveShown, type HealProof, type KnownGood } from "./healing/heal-proof.ts";
export { healRecipe, type Healing } from "./healing/heal-recipe.ts";
export { learnPointed, type LearnedByPointing, type PointedField, type Pointing } from "./pointing/learn-pointed.ts";
export { numberPage } from "./pointing/number-page.ts";
export type { NumberedNode, NumberedPage, NumberOptions } from "./pointing/numbered-page.ts";
export { mapColumns, SURE_MAPPING } from "./wish/map-columns.ts";
export { OPPORTUNITY_FIELDS, opportunityFields } from "./wish/opportunity-fields.ts";
export { parseWish } from "./wish/parse-wish.ts";
export type { FieldMapping, MappableColumn, Wish, WishedField, WishMapping } from "./wish/wish.ts";
export { applyRecipe, type ApplyOptions } from "./apply-recipe.ts";
export { learnPage, type Learned, type LearnOptions } from "./learn-page.ts";
export type { ListCandidate } from "./lists/list-candidate.ts";
export { ListRuleSchema, type ListRule } from "./lists/list-rule.ts";
export { FieldRuleSchema, type FieldPlace, type FieldRule } from "./columns/field-rule.ts";
export { RecipeSchema, recipeJsonSchema, upgradeRecipe, type Recipe } from "./recipe.ts";
export type { Drift, DriftKind, ExtractedRecord, PageExtraction } from "./records/extracted-record.ts";
export { recordStands } from "./record-stands.ts";
export { MARK_ID, MARKED_DATA_PATH, markedHtml } from "./showing/marked-html.ts";
export { verifyEvidence, type EvidenceVerdict } from "./verify-evidence.ts";
