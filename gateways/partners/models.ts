/** Model files of a partner: they belong to the company, whichever of its keys brought them. */
import { takeUpload } from '../../src/files/take-upload.ts';
import type { Route } from '../../src/http/route.ts';
import { uploadPartnerModel } from '../contract/partners.ts';
import type { PartnerDeps } from './deps.ts';

export const modelRoute = ({ models }: Pick<PartnerDeps, 'models'>): Route => ({
  endpoint: uploadPartnerModel,
  handle: (call) => takeUpload(models, call),
});
