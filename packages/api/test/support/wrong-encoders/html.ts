const html = '<script>alert(1)</script>'
process.stdout.write(`{"width":1440,"small":${html.length},"large":1,"jpeg":1}\n${html}xx`)
