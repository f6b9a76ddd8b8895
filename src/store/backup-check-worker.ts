import { parentPort, workerData } from 'node:worker_threads'
import { faultIn } from './backup-check.ts'

parentPort?.postMessage(await faultIn(String(workerData)))
