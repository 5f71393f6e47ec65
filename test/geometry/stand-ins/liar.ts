process.stdout.write('{"facts":{"volumeMm3":"much"}}\n');
