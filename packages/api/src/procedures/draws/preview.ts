import { previewDrawInput } from '../../draws/draw-inputs.ts'
import { previewDraw } from '../../draws/preview-draw.ts'
import { drawPreviewView } from '../../draws/schema.ts'
import { ownerProcedure } from '../../trpc.ts'

/** What the draw dialog says. */
export const preview = ownerProcedure
  .input(previewDrawInput)
  .output(drawPreviewView)
  .query(({ ctx, input }) => previewDraw(ctx.dependencies, ctx.viewer, input))
