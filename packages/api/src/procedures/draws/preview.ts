import { previewDrawInput } from '../../schemas/draw-inputs.ts'
import { drawPreviewView } from '../../schemas/draw-view.ts'
import { previewDraw } from '../../services/draws/preview-draw.ts'
import { ownerProcedure } from '../../trpc.ts'

/** What the draw dialog says. */
export const preview = ownerProcedure
  .input(previewDrawInput)
  .output(drawPreviewView)
  .query(({ ctx, input }) => previewDraw(ctx.services, ctx.viewer, input))
