export type { Page, PageSource } from "./page/page.ts";
export { parsePage } from "./page/parse-page.ts";
export { baseUrlOf } from "./page/base-url-of.ts";
export { applyPagination } from "./pagination/apply-pagination.ts";
export { findPagination } from "./pagination/find-pagination.ts";
export { learnPagination } from "./pagination/learn-pagination.ts";
export { PaginationRecipeSchema, type PaginationRecipe } from "./pagination/pagination-recipe.ts";
export type {
  ClickStep,
  DeclaredTotal,
  FormStep,
  LinkStep,
  PageAddresses,
  PageStep,
  PagerLink,
  Pagination,
  PaginationKind,
  ScrollStep,
  StepRole,
} from "./pagination/pagination.ts";
export { findForms } from "./forms/find-forms.ts";
export type { FieldRole, FormField, FormType, FoundForm } from "./forms/found-form.ts";
export { classifyPage } from "./page-kind/classify-page.ts";
export type { PageClass, PageFacts, PageKind } from "./page-kind/page-kind.ts";
