import { previewDrawInput } from '../../draws/draw-inputs.ts'
import { drawPreviewView } from '../../draws/draw-view.ts'
import { previewDraw } from '../../draws/preview-draw.ts'
import { ownerProcedure } from '../../trpc.ts'

/** What the draw dialog says. */
export const preview = ownerProcedure
  .input(previewDrawInput)
  .output(drawPreviewView)
  .query(({ ctx, input }) => previewDraw(ctx.dependencies, ctx.viewer, input))
